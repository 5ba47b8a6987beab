using Microsoft.Data.Sqlite;
using VibeDash.Core.Readings;
using VibeDash.Core.Trends;

namespace VibeDash.Server.Storage;

/// <summary>Notes the minutes of readings that are not good: <see cref="BadHourRow"/>. Not thread-safe.</summary>
internal sealed class BadHourInsert(SqliteConnection connection) : IDisposable
{
    private const string Sql =
        """
        INSERT INTO BadHours (SensorKey, Hour, Minutes, Quality) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT DO UPDATE SET Minutes = Minutes | excluded.Minutes, Quality = max(Quality, excluded.Quality)
        """;

    private readonly Statement _insert = new(connection, Sql);

    /// <summary>Adds the minute of a reading.</summary>
    public void Add(int sensorKey, Reading reading)
    {
        var minute = UnixMicroseconds.From(reading.Timestamp) / Rollup.WidthOf(RollupTier.Minute);
        _insert.Bind(1, sensorKey).Bind(2, minute / 60).Bind(3, 1L << (int)(minute % 60)).Bind(4, (long)reading.Quality).Run();
    }

    /// <inheritdoc/>
    public void Dispose() => _insert.Dispose();
}
