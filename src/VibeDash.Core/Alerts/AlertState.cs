namespace VibeDash.Core.Alerts;

/// <summary>Where one rule stands on one sensor.</summary>
public enum AlertState
{
    /// <summary>The condition does not hold.</summary>
    Normal,

    /// <summary>The condition holds, but not yet for the hold duration. Nobody is told, nothing is journalled.</summary>
    Pending,

    /// <summary>Raised, and nobody has acknowledged it.</summary>
    Active,

    /// <summary>Raised and acknowledged; the condition still holds.</summary>
    Acknowledged,

    /// <summary>The level has returned to the recovery threshold or below. Final.</summary>
    Cleared,
}
