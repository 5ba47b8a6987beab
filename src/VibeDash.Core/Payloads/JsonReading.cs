using System.Globalization;

namespace VibeDash.Core.Payloads;

/// <summary>One of the readings of a JSON payload, or of each of its items.</summary>
/// <param name="Suffix">Put after the sensor id; empty for none.</param>
/// <param name="Level">Where the level is.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Baseline">The level of the healthy machine, in the unit; 0 means unknown. Not used with <paramref name="BaselinePath"/>.</param>
/// <param name="BaselinePath">Where the baseline is, or null.</param>
/// <param name="Multiplier">What the numbers of the payload are multiplied by to be in the unit.</param>
public sealed record JsonReading(string Suffix, JsonPath Level, PayloadText Unit, double Baseline, JsonPath? BaselinePath, double Multiplier)
{
    /// <summary>In words for people.</summary>
    internal string Words() =>
        $"{(Suffix.Length == 0 ? "" : $"{Suffix}: ")}level {Level}{Scale(Multiplier)} in {Unit.Path?.Text ?? Unit.Constant}, {BaselinePath switch { null => BaselineWords(Baseline), var path => $"baseline {path}" }}";

    /// <summary>What a multiplier adds to the words.</summary>
    internal static string Scale(double multiplier) =>
        multiplier == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" × {multiplier}");

    /// <summary>A constant baseline in words.</summary>
    internal static string BaselineWords(double baseline) =>
        baseline == 0 ? "baseline unknown" : string.Create(CultureInfo.InvariantCulture, $"baseline {baseline}");
}
