namespace VibeDash.Core.Readings;

/// <summary>Where a sensor's baseline comes from.</summary>
public enum BaselineSource
{
    /// <summary>The sensor sends it.</summary>
    Payload,

    /// <summary>A person set it.</summary>
    Manual,

    /// <summary>Learned from the first readings of the running machine.</summary>
    Learned,
}
