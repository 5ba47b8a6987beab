namespace VibeDash.Core.Readings;

/// <summary>What the sender says of the value of a reading. The numbers are stored.</summary>
public enum ReadingQuality
{
    /// <summary>The value is that of the machine, or the sender says nothing about it.</summary>
    Good = 0,

    /// <summary>The value is not that of the machine: the sensor or its connection is faulty.</summary>
    Bad = 1,

    /// <summary>The sender does not vouch for the value.</summary>
    Uncertain = 2,

    /// <summary>The value is an old one.</summary>
    Stale = 3,
}
