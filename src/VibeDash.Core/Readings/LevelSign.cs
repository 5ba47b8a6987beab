namespace VibeDash.Core.Readings;

/// <summary>What a source does with a negative level: <see cref="EventRules.Level"/>.</summary>
public enum LevelSign
{
    /// <summary>Rejects it: the contract of the seed event, and the default.</summary>
    NotNegative,

    /// <summary>Stores its magnitude.</summary>
    Absolute,

    /// <summary>Stores it as it is: accelerations, displacements and temperatures are signed.</summary>
    AsSent,
}
