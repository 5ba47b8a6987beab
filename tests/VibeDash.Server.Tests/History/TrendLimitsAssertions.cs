using VibeDash.Core.Trends;

namespace VibeDash.Server.Tests.History;

internal static class TrendLimitsAssertions
{
    /// <summary>Compares times, baseline and the levels of the thresholds.</summary>
    public static void ShouldBe(this TrendLimits limits, DateTimeOffset from, DateTimeOffset? to, double? baseline, params double[] thresholds)
    {
        (limits.From, limits.To).ShouldBe((from, to));
        (limits.Baseline.HasValue, limits.Thresholds.Length).ShouldBe((baseline.HasValue, thresholds.Length));
        foreach (var (level, expected) in limits.Thresholds.Select(threshold => threshold.Level).Append(limits.Baseline ?? 0).Zip(thresholds.Append(baseline ?? 0)))
            level.ShouldBe(expected, 1e-9);
    }
}
