using VibeDash.Core.Alerts;
using VibeDash.Core.Trends;

namespace VibeDash.Client.Trends;

/// <summary>The statistics of one sensor over the visible range.</summary>
/// <param name="SensorId">The sensor.</param>
/// <param name="Tone">Number of its colour.</param>
/// <param name="Unit">Unit of its levels.</param>
/// <param name="Buckets">The visible buckets.</param>
/// <param name="BucketMilliseconds">Width of a bucket.</param>
/// <param name="Summary">Summary of the buckets; null for none.</param>
/// <param name="Above">Share of the measured time in which the mean was above each threshold, 0 to 1.</param>
public sealed record TrendFact(
    string SensorId, int Tone, string Unit, IReadOnlyList<TrendBucket> Buckets, long BucketMilliseconds, TrendSummary? Summary, IReadOnlyList<(string Severity, double Share)> Above)
{
    /// <summary>Computes the statistics of a chart.</summary>
    /// <param name="data">The chart's data.</param>
    /// <param name="trend">The trend.</param>
    public static TrendFact[] Of(ChartData data, LiveTrend trend) =>
    [
        .. data.Panels.SelectMany(panel => panel.Series).Zip(trend.Sensors, (series, sensor) =>
        {
            TrendBucket[] buckets = [.. sensor.Buckets(trend.To)];
            return new TrendFact(series.SensorId, series.Tone, series.Unit, buckets, sensor.BucketMilliseconds, TrendSummary.Of(buckets), [.. Shares(buckets, sensor.Limits)]);
        }),
    ];

    // Of several thresholds of a severity, the lowest counts.
    private static IEnumerable<(string Severity, double Share)> Shares(TrendBucket[] buckets, IReadOnlyList<TrendLimits> limits)
    {
        if (buckets.Length == 0)
            yield break;
        foreach (var severity in limits.SelectMany(stretch => stretch.Thresholds).Select(threshold => threshold.Severity).Distinct().Order())
            yield return (severity.ToString(), buckets.Count(bucket => IsAbove(bucket, severity)) / (double)buckets.Length);

        bool IsAbove(TrendBucket bucket, Severity severity)
        {
            var at = DateTimeOffset.FromUnixTimeMilliseconds(bucket.Start);
            var inForce = limits.LastOrDefault(stretch => stretch.From <= at) ?? limits[0];
            return inForce.Thresholds.Any(threshold => threshold.Severity == severity && bucket.Mean > threshold.Level);
        }
    }
}
