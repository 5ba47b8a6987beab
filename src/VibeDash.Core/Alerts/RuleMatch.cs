namespace VibeDash.Core.Alerts;

/// <summary>How a rule stands to a sensor.</summary>
/// <param name="RuleId">The rule.</param>
/// <param name="Applies">True when it is evaluated.</param>
/// <param name="Reason">Why, or why not, in one sentence.</param>
public sealed record RuleMatch(int RuleId, bool Applies, string Reason)
{
    /// <summary>The rule.</summary>
    public required AlertRule Rule { get; init; }

    /// <summary>Its thresholds, where it applies and they can be drawn over the levels, from the least severe.</summary>
    public LevelThreshold[] Thresholds { get; init; } = [];
}
