namespace VibeDash.Client.Rules;

/// <summary>How the state of the machine is determined.</summary>
public enum GateChoice
{
    /// <summary>Not at all: the rule is always evaluated.</summary>
    None,

    /// <summary>By the level.</summary>
    Level,

    /// <summary>By a topic with the machine's state.</summary>
    State,
}
