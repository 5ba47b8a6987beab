namespace VibeDash.Core.Contract;

/// <summary>The outcome of a replayed dead letter.</summary>
public enum ReplayOutcome
{
    /// <summary>All of its readings are stored, now or earlier; the dead letter is removed.</summary>
    Accepted,

    /// <summary>The letter was refused again and stays, with its current faults. Its valid readings are stored.</summary>
    Refused,

    /// <summary>The letter no longer existed: deleted, pruned, or replayed by another person.</summary>
    Gone,
}
