using VibeDash.Core.Readings;

namespace VibeDash.Core.Contract;

/// <summary>What became of one posted event.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Reason">Why it was rejected; null when it was not.</param>
/// <param name="Detail">What is wrong with it, in one sentence; null when it was not rejected.</param>
public sealed record EventResult(EventOutcome Outcome, RejectionReason? Reason = null, string? Detail = null)
{
    /// <summary>The one result of all events that were stored.</summary>
    public static readonly EventResult Stored = new(EventOutcome.Stored);

    /// <summary>The one result of all duplicates.</summary>
    public static readonly EventResult Duplicate = new(EventOutcome.Duplicate);

    /// <summary>The result of an event that was not accepted.</summary>
    public static EventResult Rejected(Rejection rejection) => new(EventOutcome.Rejected, rejection.Reason, rejection.Detail);
}
