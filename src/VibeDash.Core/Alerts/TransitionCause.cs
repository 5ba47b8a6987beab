namespace VibeDash.Core.Alerts;

/// <summary>Why something happened to an alert that no person and no finding brought about.</summary>
public enum TransitionCause
{
    /// <summary>The time of the shelving was over.</summary>
    ShelvingEnded,

    /// <summary>The acknowledgement expired.</summary>
    AcknowledgementExpired,

    /// <summary>No rule evaluates it any more.</summary>
    RuleGone,

    /// <summary>The level is much worse than at acknowledgement. Arguments: the level, its unit, the level at acknowledgement, the tolerated part.</summary>
    MuchWorse,
}
