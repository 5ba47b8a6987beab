namespace VibeDash.Core.Readings;

/// <summary>Why a unit and another one, as sent, cannot be compared.</summary>
public enum UnitMismatch
{
    /// <summary>The unit is not known.</summary>
    UnitUnknown,

    /// <summary>The other unit is not known.</summary>
    OtherUnknown,

    /// <summary>They measure different quantities: one cannot be converted into the other without the frequency.</summary>
    DifferentQuantities,
}
