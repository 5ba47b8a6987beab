namespace VibeDash.Core.Alerts;

/// <summary>Kind of a change in the evaluation of a rule.</summary>
public enum FindingKind
{
    /// <summary>The condition began to hold, or reached a worse tier.</summary>
    Worse,

    /// <summary>The condition fell to a lower tier.</summary>
    Better,

    /// <summary>The condition has ended.</summary>
    Ended,
}
