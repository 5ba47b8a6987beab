namespace VibeDash.Core.Contract;

/// <summary>What became of a dead letter that was replayed.</summary>
public enum ReplayOutcome
{
    /// <summary>Its readings are stored, now or from before; it is no dead letter any more.</summary>
    Accepted,

    /// <summary>It was refused again and stays, with what is wrong with it now. What could be read of it is stored.</summary>
    Refused,

    /// <summary>It was no longer there: deleted, pruned, or replayed by somebody else.</summary>
    Gone,
}
