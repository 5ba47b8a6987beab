namespace VibeDash.Core.Alerts;

/// <summary>What changed in the evaluation of a rule.</summary>
public enum FindingKind
{
    /// <summary>The condition began to hold, or a worse tier of it.</summary>
    Worse,

    /// <summary>The condition fell to a lower tier.</summary>
    Better,

    /// <summary>The condition has ended.</summary>
    Ended,
}
