using VibeDash.Core.Readings;

namespace VibeDash.Core.Contract;

/// <summary>Which dead letters are meant; a null field does not filter.</summary>
/// <param name="Reason">Only of this reason.</param>
/// <param name="Topic">Only of exactly this topic.</param>
/// <param name="Since">Only those that arrived at or after this time.</param>
/// <param name="Before">Only with an id below this: the next page of a list, or no letter that came after the person looked.</param>
/// <param name="Source">Only those that the source with this topic filter, as configured, has read.</param>
public sealed record DeadLetterSelection(
    RejectionReason? Reason = null, string? Topic = null, DateTimeOffset? Since = null, long? Before = null, string? Source = null)
{
    /// <summary>Most dead letters one answer lists.</summary>
    public const int MaximumLimit = 500;

    /// <summary>How many an answer lists unless told otherwise.</summary>
    public const int DefaultLimit = 200;
}
