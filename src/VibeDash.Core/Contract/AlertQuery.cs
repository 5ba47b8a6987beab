using VibeDash.Core.Alerts;

namespace VibeDash.Core.Contract;

/// <summary>Filters of an alert query; a null field does not filter.</summary>
public sealed record AlertQuery
{
    /// <summary>Maximum number of alerts in one answer.</summary>
    public const int MaximumLimit = 500;

    /// <summary>Only alerts of this severity.</summary>
    public Severity? Severity { get; init; }

    /// <summary>Only alerts in this state; <see cref="AlertState.Normal"/> selects alerts that have ended.</summary>
    public AlertState? State { get; init; }

    /// <summary>Only alerts of this sensor.</summary>
    public string? SensorId { get; init; }

    /// <summary>Only alerts open at or after this time.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only alerts raised at or before this time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only alerts with an id below this: the next page of a longer result.</summary>
    public long? Before { get; init; }

    /// <summary>Maximum number of alerts in the result, 1 to <see cref="MaximumLimit"/>.</summary>
    public int Limit { get; init; } = 100;
}
