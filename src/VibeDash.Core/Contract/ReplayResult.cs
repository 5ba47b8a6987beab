using VibeDash.Core.Readings;

namespace VibeDash.Core.Contract;

/// <summary>What became of a dead letter that was replayed.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Stored">Readings that were stored.</param>
/// <param name="Duplicates">Readings that had been stored before.</param>
/// <param name="Reason">Why it was refused again; null when it was not.</param>
/// <param name="Detail">What is wrong with it; null when it was not refused.</param>
public sealed record ReplayResult(ReplayOutcome Outcome, int Stored = 0, int Duplicates = 0, RejectionReason? Reason = null, string? Detail = null)
{
    /// <summary>The one result of letters that were gone.</summary>
    public static readonly ReplayResult Gone = new(ReplayOutcome.Gone);
}
