namespace VibeDash.Core.Readings;

/// <summary>The level of a sensor above which its machine runs. Immutable.</summary>
/// <param name="Level">The level; positive.</param>
/// <param name="Unit">Its unit.</param>
public sealed record RunLevel(double Level, string Unit)
{
    /// <summary>The level in another unit; null when that is of another quantity, or unknown.</summary>
    public double? In(string unit) => unit == Unit ? Level
        : VibrationUnit.TryParse(Unit, out var own) && VibrationUnit.TryParse(unit, out var other) && own.TryConvert(Level, other, out var converted) && double.IsFinite(converted) ? converted
        : null;
}
