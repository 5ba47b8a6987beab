namespace VibeDash.Core.Readings;

/// <summary>The level of a sensor above which its machine runs. Immutable.</summary>
/// <param name="Level">The level; positive.</param>
/// <param name="Unit">Its unit.</param>
public sealed record RunLevel(double Level, string Unit)
{
    /// <summary>The level in another unit; null when that is of another quantity, or unknown.</summary>
    public double? In(string unit) => VibrationUnit.TryConvert(Level, Unit, unit, out var converted) && double.IsFinite(converted) ? converted : null;
}
