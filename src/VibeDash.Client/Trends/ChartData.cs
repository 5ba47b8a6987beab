using VibeDash.Core.Alerts;
using VibeDash.Core.Trends;

namespace VibeDash.Client.Trends;

/// <summary>All a trend chart draws, as it goes to the browser's script. Times in milliseconds since the Unix epoch.</summary>
/// <param name="From">Left end of the time axis.</param>
/// <param name="To">Right end.</param>
/// <param name="Unit">Unit of the levels.</param>
/// <param name="Baseline">The baseline; 0 when unknown.</param>
/// <param name="Times">Where the points stand: the middle of each bucket.</param>
/// <param name="Min">Lowest level at each point; null is a gap.</param>
/// <param name="Max">Highest level at each point.</param>
/// <param name="Mean">Mean level at each point.</param>
/// <param name="Thresholds">The alert rules' thresholds.</param>
/// <param name="Spans">When alerts were open.</param>
public sealed record ChartData(
    long From,
    long To,
    string Unit,
    double Baseline,
    long[] Times,
    double?[] Min,
    double?[] Max,
    double?[] Mean,
    ChartThreshold[] Thresholds,
    ChartSpan[] Spans)
{
    /// <summary>Prepares what <paramref name="trend"/> shows.</summary>
    /// <param name="trend">The trend.</param>
    /// <param name="unit">Unit of the levels.</param>
    /// <param name="baseline">The sensor's baseline.</param>
    /// <param name="thresholds">The thresholds of the alert rules that apply.</param>
    public static ChartData Of(LiveTrend trend, string unit, double baseline, IEnumerable<LevelThreshold> thresholds)
    {
        var buckets = trend.Buckets();
        var width = trend.BucketMilliseconds;
        var gapAfter = GapAfter(buckets, width);
        var points = new List<TrendBucket?>(buckets.Count + 16);
        var times = new List<long>(buckets.Count + 16);
        foreach (var bucket in buckets)
        {
            // A missing bucket becomes one empty point: a line across a time nobody measured would be a lie.
            if (points is [.., { } last] && bucket.Start - last.Start > gapAfter)
            {
                points.Add(null);
                times.Add(last.Start + width + (width / 2));
            }

            points.Add(bucket);
            times.Add(bucket.Start + (width / 2));
        }

        // A stretch that ends at a reading of interest shows it a little inside, not on the frame.
        var margin = trend.FixedEnd is null ? TimeSpan.Zero : trend.Length / 60;
        var (from, to) = (trend.From.ToUnixTimeMilliseconds(), (trend.To + margin).ToUnixTimeMilliseconds());
        return new ChartData(
            from,
            to,
            unit,
            baseline,
            [.. times],
            [.. points.Select(point => Rounded(point?.Min))],
            [.. points.Select(point => Rounded(point?.Max))],
            [.. points.Select(point => Rounded(point?.Mean))],
            [.. thresholds.Where(threshold => threshold.At(baseline) is not null).Select(threshold => new ChartThreshold(threshold.At(baseline)!.Value, Word(threshold.Severity)))],
            [.. trend.Alerts.Where(alert => alert.RaisedAt is not null).Select(alert => Span(alert, from, to)).Where(span => span.To >= from && span.From <= to)]);
    }

    // A sensor that sends more rarely than a bucket is wide leaves buckets empty all the time; that is its cadence and no gap.
    private static long GapAfter(IReadOnlyList<TrendBucket> buckets, long width)
    {
        if (buckets.Count < 3)
            return width;
        var distances = new long[buckets.Count - 1];
        for (var i = 0; i < distances.Length; i++)
            distances[i] = buckets[i + 1].Start - buckets[i].Start;
        Array.Sort(distances);
        return Math.Max(width, distances[distances.Length / 2] * 3);
    }

    private static ChartSpan Span(Alert alert, long from, long to) => new(
        Math.Max(from, alert.RaisedAt!.Value.ToUnixTimeMilliseconds()),
        Math.Min(to, alert.ClearedAt?.ToUnixTimeMilliseconds() ?? to),
        Word(alert.Severity));

    private static string Word(Severity severity) => severity.ToString().ToLowerInvariant();

    // Five digits are more than a screen has room for, and halve what is sent to the script.
    private static double? Rounded(double? level) => level is { } value ? Math.Round(value, value < 10 ? 4 : 2) : null;
}
