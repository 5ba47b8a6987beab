namespace VibeDash.Core.Readings;

/// <summary>Source of a sensor's baseline.</summary>
public enum BaselineSource
{
    /// <summary>The sensor sends it.</summary>
    Payload,

    /// <summary>A user set it.</summary>
    Manual,

    /// <summary>Learned from the first readings of the running machine.</summary>
    Learned,
}
