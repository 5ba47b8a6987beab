using System.Numerics;
using Microsoft.Data.Sqlite;
using VibeDash.Core.Readings;
using VibeDash.Core.Trends;

namespace VibeDash.Server.Storage.Ranges;

/// <summary>Reads when the readings of a sensor were not good, to the minute: <see cref="BadHourRow"/>. Not thread-safe.</summary>
internal sealed class BadMinuteReader(SqliteConnection connection) : IDisposable
{
    private const int MinutesOfHour = 60;

    private static readonly long Minute = Rollup.WidthOf(RollupTier.Minute);

    private readonly Statement _hours = new(
        connection, "SELECT Hour, Minutes, Quality FROM BadHours WHERE SensorKey = ?1 AND Hour BETWEEN ?2 AND ?3 ORDER BY Hour");

    /// <summary>The times in a range, oldest first. Those closer to each other than a bucket are one: they could not be told apart.</summary>
    /// <param name="sensorKey">The sensor.</param>
    /// <param name="from">Start, in microseconds since the Unix epoch.</param>
    /// <param name="to">End, inclusive.</param>
    /// <param name="width">Width of a bucket, in milliseconds.</param>
    public QualitySpan[] Read(int sensorKey, long from, long to, long width)
    {
        var spans = new List<QualitySpan>();
        var (first, last) = (from / Minute, to / Minute);
        _hours.Bind(1, sensorKey).Bind(2, first / MinutesOfHour).Bind(3, last / MinutesOfHour);
        while (_hours.Step())
        {
            var (start, bits, quality) = (_hours.Int64(0) * MinutesOfHour, (ulong)_hours.Int64(1), (ReadingQuality)_hours.Int64(2));
            for (; bits != 0; bits &= bits - 1)
            {
                var minute = start + BitOperations.TrailingZeroCount(bits);
                if (minute >= first && minute <= last)
                    Add(spans, minute * Minute / 1000, (minute + 1) * Minute / 1000, quality, width);
            }
        }

        return [.. spans];
    }

    /// <inheritdoc/>
    public void Dispose() => _hours.Dispose();

    private static void Add(List<QualitySpan> spans, long from, long to, ReadingQuality quality, long width)
    {
        if (spans is [.., var last] && last.Quality == quality && from - last.To <= width)
            spans[^1] = last with { To = to };
        else
            spans.Add(new(from, to, quality));
    }
}
