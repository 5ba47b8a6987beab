using Microsoft.Data.Sqlite;
using VibeDash.Core.Readings;

namespace VibeDash.Server.Storage;

/// <summary>The insert on the hot path. Not thread-safe.</summary>
internal sealed class ReadingInsert(SqliteConnection connection) : IDisposable
{
    private const string Sql =
        """
        INSERT INTO Readings (SensorKey, Timestamp, EventId, Level, Baseline, Unit, IsSuspect, Quality)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        ON CONFLICT DO NOTHING
        """;

    private readonly Statement _insert = new(connection, Sql);

    /// <summary>Adds a reading.</summary>
    /// <returns>False for a duplicate.</returns>
    /// <exception cref="SqliteException">The insert failed.</exception>
    public bool TryAdd(int sensorKey, Reading reading) => _insert
        .Bind(1, sensorKey)
        .Bind(2, UnixMicroseconds.From(reading.Timestamp))
        .Bind(3, reading.EventId, VibrationEventParser.MaximumIdLength)
        .Bind(4, reading.Level)
        .Bind(5, reading.Baseline)
        .Bind(6, reading.Unit, VibrationEventParser.MaximumIdLength)
        .Bind(7, reading.IsSuspect ? 1L : 0L)
        .Bind(8, (long)reading.Quality)
        .Run() == 1;

    /// <inheritdoc/>
    public void Dispose() => _insert.Dispose();
}
