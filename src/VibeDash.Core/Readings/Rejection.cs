namespace VibeDash.Core.Readings;

/// <summary>Why a message was not accepted, in words its sender can act on.</summary>
/// <param name="Reason">The kind of fault.</param>
/// <param name="Detail">One sentence naming the field and what is expected. Never quotes more than a short piece of the payload.</param>
public sealed record Rejection(RejectionReason Reason, string Detail);
