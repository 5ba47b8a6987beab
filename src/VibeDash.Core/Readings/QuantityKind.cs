namespace VibeDash.Core.Readings;

/// <summary>Measured quantity. Levels of different quantities cannot be compared.</summary>
public enum QuantityKind
{
    /// <summary>Rate of change of velocity, for example in m/s² or g.</summary>
    Acceleration,

    /// <summary>Speed of the surface, for example in mm/s; the quantity of ISO 10816.</summary>
    Velocity,

    /// <summary>Distance of movement, for example in µm.</summary>
    Displacement,
}
