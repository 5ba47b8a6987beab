namespace VibeDash.Core.Readings;

/// <summary>What a level measures. Levels of different kinds cannot be compared.</summary>
public enum QuantityKind
{
    /// <summary>How fast the velocity changes, for example in m/s² or g.</summary>
    Acceleration,

    /// <summary>How fast the surface moves, for example in mm/s: what ISO 10816 evaluates.</summary>
    Velocity,

    /// <summary>How far it moves, for example in µm.</summary>
    Displacement,
}
