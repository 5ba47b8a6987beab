using VibeDash.Core.Readings;

namespace VibeDash.Core.Contract;

/// <summary>A selection of dead letters; a null field does not filter.</summary>
/// <param name="Reason">Only letters with this reason.</param>
/// <param name="Topic">Only letters with exactly this topic.</param>
/// <param name="Since">Only letters that arrived at or after this time.</param>
/// <param name="Before">Only letters with an id below this: for the next page of a list, or to exclude letters that arrived after the person looked.</param>
/// <param name="Source">Only letters read by the source with this topic filter, as configured.</param>
public sealed record DeadLetterSelection(
    RejectionReason? Reason = null, string? Topic = null, DateTimeOffset? Since = null, long? Before = null, string? Source = null)
{
    /// <summary>Maximum number of dead letters in one answer.</summary>
    public const int MaximumLimit = 500;

    /// <summary>Default number of dead letters in one answer.</summary>
    public const int DefaultLimit = 200;
}
