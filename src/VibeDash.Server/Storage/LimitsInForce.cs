using System.Text.Json;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;

namespace VibeDash.Server.Storage;

/// <summary>Baseline and thresholds of a sensor. Immutable.</summary>
/// <param name="Unit">Unit of the sensor.</param>
/// <param name="Baseline">The baseline in that unit; 0 when unknown.</param>
/// <param name="Thresholds">The thresholds of its levels in that unit.</param>
internal sealed record LimitsInForce(string Unit, double Baseline, IReadOnlyList<LevelThreshold> Thresholds)
{
    // Less than the height of a pixel: a sender that computes its baseline anew with each reading changes nothing that could be seen.
    private const double VisibleChange = 0.005;

    /// <summary>True when a chart of both shows one line for each.</summary>
    public bool LooksLike(LimitsInForce other) => Unit == other.Unit && IsBaseline(other.Baseline) && Thresholds.SequenceEqual(other.Thresholds);

    /// <summary>True when a baseline is this one, as far as can be seen.</summary>
    public bool IsBaseline(double baseline) => Math.Abs(baseline - Baseline) <= VisibleChange * Math.Max(Math.Abs(baseline), Math.Abs(Baseline));

    /// <summary>The thresholds as JSON.</summary>
    public string ThresholdsAsJson() => JsonSerializer.Serialize([.. Thresholds], DashboardJson.Default.LevelThresholdArray);

    /// <summary>Those of a row.</summary>
    public static LimitsInForce Of(string unit, double baseline, ReadOnlySpan<byte> thresholds) =>
        new(unit, baseline, JsonSerializer.Deserialize(thresholds, DashboardJson.Default.LevelThresholdArray) ?? []);
}
