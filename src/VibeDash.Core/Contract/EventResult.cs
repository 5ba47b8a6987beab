using VibeDash.Core.Readings;

namespace VibeDash.Core.Contract;

/// <summary>The result of one posted event.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Reason">Why it was rejected; null when it was not.</param>
/// <param name="Detail">Description of the fault, in one sentence; null when it was not rejected.</param>
public sealed record EventResult(EventOutcome Outcome, RejectionReason? Reason = null, string? Detail = null)
{
    /// <summary>The shared result of stored events.</summary>
    public static readonly EventResult Stored = new(EventOutcome.Stored);

    /// <summary>The shared result of duplicates.</summary>
    public static readonly EventResult Duplicate = new(EventOutcome.Duplicate);

    /// <summary>The result of a rejected event.</summary>
    public static EventResult Rejected(Rejection rejection) => new(EventOutcome.Rejected, rejection.Reason, rejection.Detail);
}
