using VibeDash.Core.Alerts;

namespace VibeDash.Core.Contract;

/// <summary>Which alerts are asked for; a null field does not filter.</summary>
public sealed record AlertQuery
{
    /// <summary>Most alerts one answer carries.</summary>
    public const int MaximumLimit = 500;

    /// <summary>Only of this severity.</summary>
    public Severity? Severity { get; init; }

    /// <summary>Only in this state; <see cref="AlertState.Normal"/> are those that are over.</summary>
    public AlertState? State { get; init; }

    /// <summary>Only of this sensor.</summary>
    public string? SensorId { get; init; }

    /// <summary>Only those open at or after this time.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only those raised at or before this time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only with an id below this: the next page of an answer that has more.</summary>
    public long? Before { get; init; }

    /// <summary>Most alerts wanted, 1 to <see cref="MaximumLimit"/>.</summary>
    public int Limit { get; init; } = 100;
}
