namespace VibeDash.Core.Alerts;

/// <summary>How a rule stands to a sensor.</summary>
/// <param name="RuleId">The rule.</param>
/// <param name="Reason">Why it is evaluated, or why not.</param>
/// <param name="Arguments">Values for a sentence about it: see <see cref="RuleMatchReason"/>.</param>
public sealed record RuleMatch(int RuleId, RuleMatchReason Reason, string[] Arguments)
{
    /// <summary>True when it is evaluated.</summary>
    public bool Applies => Reason is RuleMatchReason.ForAll or RuleMatchReason.MostSpecific;

    /// <summary>The rule.</summary>
    public required AlertRule Rule { get; init; }

    /// <summary>Its thresholds, where it applies and they can be drawn over the levels, from the least severe.</summary>
    public LevelThreshold[] Thresholds { get; init; } = [];
}
