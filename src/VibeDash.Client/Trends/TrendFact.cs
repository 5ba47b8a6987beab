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
    /// <param name="rules">Provides thresholds.</param>
    public static TrendFact[] Of(ChartData data, LiveTrend trend, TrendRules rules) =>
    [
        .. data.Panels.SelectMany(panel => panel.Series).Zip(trend.Sensors, (series, sensor) =>
        {
            TrendBucket[] buckets = [.. sensor.Buckets(trend.To)];
            return new TrendFact(series.SensorId, series.Tone, series.Unit, buckets, sensor.BucketMilliseconds, TrendSummary.Of(buckets), Shares(buckets, series, rules));
        }),
    ];

    private static (string Severity, double Share)[] Shares(TrendBucket[] buckets, ChartSeries series, TrendRules rules) => buckets.Length == 0
        ? []
        :
        [
            .. rules.Levels(series.SensorId, series.Baseline)
                .Select(threshold => (threshold.Severity.ToString(), buckets.Count(bucket => bucket.Mean > threshold.Level) / (double)buckets.Length)),
        ];
}
