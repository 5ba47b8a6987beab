namespace VibeDash.Client.Rules;

/// <summary>How it is known that the machine runs.</summary>
public enum GateChoice
{
    /// <summary>The rule is always judged.</summary>
    None,

    /// <summary>By the level.</summary>
    Level,

    /// <summary>By what a topic says of the machine.</summary>
    State,
}
