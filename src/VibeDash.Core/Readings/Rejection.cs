namespace VibeDash.Core.Readings;

/// <summary>Why a message was rejected, in terms its sender can act on.</summary>
/// <param name="Reason">Kind of the fault.</param>
/// <param name="Detail">One sentence that names the field and the expected value. Quotes at most a short part of the payload.</param>
public sealed record Rejection(RejectionReason Reason, string Detail);
