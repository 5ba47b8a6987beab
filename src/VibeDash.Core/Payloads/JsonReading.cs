using System.Globalization;

namespace VibeDash.Core.Payloads;

/// <summary>A reading of a JSON payload, or of each of its items.</summary>
/// <param name="Suffix">Appended to the sensor id; empty for none.</param>
/// <param name="Level">Path of the level.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Baseline">The level of the healthy machine, in the unit; 0 means unknown. Not used with <paramref name="BaselinePath"/>.</param>
/// <param name="BaselinePath">Path of the baseline, or null.</param>
/// <param name="Multiplier">Factor that converts the numbers of the payload to the unit.</param>
public sealed record JsonReading(string Suffix, JsonPath Level, PayloadText Unit, double Baseline, JsonPath? BaselinePath, double Multiplier)
{
    /// <summary>Its quality; null when it is good, always.</summary>
    public JsonQuality? Quality { get; init; }

    /// <summary>Description for display.</summary>
    internal string Words() =>
        $"{(Suffix.Length == 0 ? "" : $"{Suffix}: ")}level {Level}{Scale(Multiplier)} in {Unit.Path?.Text ?? Unit.Constant}, {BaselinePath switch { null => BaselineWords(Baseline), var path => $"baseline {path}" }}{(Quality is null ? "" : $", {Quality.Words()}")}";

    /// <summary>Description of a multiplier.</summary>
    internal static string Scale(double multiplier) =>
        multiplier == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" × {multiplier}");

    /// <summary>Description of a constant baseline.</summary>
    internal static string BaselineWords(double baseline) =>
        baseline == 0 ? "baseline unknown" : string.Create(CultureInfo.InvariantCulture, $"baseline {baseline}");
}
