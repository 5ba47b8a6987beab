using System.Text;
using Microsoft.Data.Sqlite;
using VibeDash.Core.Readings;
using VibeDash.Core.Trends;

namespace VibeDash.Server.Storage.Ranges;

/// <summary>Reads which baseline and thresholds were in force in a range. Not thread-safe.</summary>
internal sealed class LimitsReader(SqliteConnection connection) : IDisposable
{
    // One more before the range: it tells when the first one of the range began.
    private readonly Statement _select = new(
        connection,
        """
        SELECT Until, Unit, Baseline, Thresholds FROM SensorLimits
        WHERE SensorKey = ?1 AND Until >= coalesce((SELECT max(Until) FROM SensorLimits WHERE SensorKey = ?1 AND Until <= ?2), ?2) ORDER BY Until
        """);

    /// <summary>The stretches that overlap a range, oldest first.</summary>
    /// <param name="sensorKey">The sensor.</param>
    /// <param name="from">Start of the range.</param>
    /// <param name="to">End of the range, inclusive.</param>
    /// <param name="unit">Unit of the levels; what cannot be converted to it is left out.</param>
    /// <param name="present">What is in force now.</param>
    public TrendLimits[] Read(int sensorKey, DateTimeOffset from, DateTimeOffset to, string unit, LimitsInForce present)
    {
        var stretches = new List<TrendLimits>();
        var begin = from;
        _select.Bind(1, sensorKey).Bind(2, UnixMicroseconds.From(from));
        while (_select.Step())
        {
            var until = UnixMicroseconds.To(_select.Int64(0));
            if (until > from && begin <= to)
                Add(stretches, Of(LimitsInForce.Of(Encoding.UTF8.GetString(_select.Bytes(1)), _select.Double(2), _select.Bytes(3)), begin, until, unit));
            begin = until;
        }

        if (begin <= to)
            Add(stretches, Of(present, begin, null, unit));
        return [.. stretches];
    }

    /// <inheritdoc/>
    public void Dispose() => _select.Dispose();

    // The same ones in another unit are one stretch.
    private static void Add(List<TrendLimits> stretches, TrendLimits next)
    {
        if (stretches is [.., { } last] && IsNear(last.Baseline ?? 0, next.Baseline ?? 0) && last.Thresholds.Length == next.Thresholds.Length
            && last.Thresholds.Zip(next.Thresholds).All(pair => pair.First.Severity == pair.Second.Severity && IsNear(pair.First.Level, pair.Second.Level)))
            stretches[^1] = last with { To = next.To };
        else
            stretches.Add(next);
    }

    private static bool IsNear(double one, double other) => Math.Abs(one - other) <= 1e-6 * Math.Max(Math.Abs(one), Math.Abs(other));

    private static TrendLimits Of(LimitsInForce limits, DateTimeOffset from, DateTimeOffset? to, string unit)
    {
        var thresholds = new List<TrendThreshold>(limits.Thresholds.Count);
        foreach (var threshold in limits.Thresholds)
        {
            if (threshold.At(limits.Baseline) is { } at && VibrationUnit.TryConvert(at, limits.Unit, unit, out var level) && double.IsFinite(level))
                thresholds.Add(new(threshold.Severity, level));
        }

        return new(
            from,
            to,
            limits.Baseline > 0 && VibrationUnit.TryConvert(limits.Baseline, limits.Unit, unit, out var baseline) && double.IsFinite(baseline) ? baseline : null,
            [.. thresholds]);
    }
}
