namespace VibeDash.Core.Contract;

/// <summary>A page of the alerts that match criteria.</summary>
public sealed record AlertQuery : AlertCriteria
{
    /// <summary>Maximum number of alerts in one answer.</summary>
    public const int MaximumLimit = 500;

    /// <summary>Only alerts with an id below this: the next page of a longer result.</summary>
    public long? Before { get; init; }

    /// <summary>Maximum number of alerts in the result, 1 to <see cref="MaximumLimit"/>.</summary>
    public int Limit { get; init; } = 100;
}
