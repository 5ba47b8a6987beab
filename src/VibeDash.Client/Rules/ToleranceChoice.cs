namespace VibeDash.Client.Rules;

/// <summary>How it is decided that levels are the same.</summary>
public enum ToleranceChoice
{
    /// <summary>They differ by at most one unit of the last digit that the sender shows.</summary>
    LastDigit,

    /// <summary>They differ by at most a level in a unit.</summary>
    Absolute,

    /// <summary>They differ by at most some percent.</summary>
    Relative,
}
