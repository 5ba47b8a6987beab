using VibeDash.Core.Readings;

namespace VibeDash.Core.Contract;

/// <summary>The result of a replayed dead letter.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Stored">Number of readings stored.</param>
/// <param name="Duplicates">Number of readings that had been stored before.</param>
/// <param name="Reason">Why it was refused again; null when it was not.</param>
/// <param name="Detail">Description of the faults; null when it was not refused.</param>
public sealed record ReplayResult(ReplayOutcome Outcome, int Stored = 0, int Duplicates = 0, RejectionReason? Reason = null, string? Detail = null)
{
    /// <summary>The shared result of letters that no longer existed.</summary>
    public static readonly ReplayResult Gone = new(ReplayOutcome.Gone);
}
