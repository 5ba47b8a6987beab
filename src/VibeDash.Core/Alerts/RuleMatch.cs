namespace VibeDash.Core.Alerts;

/// <summary>Whether a rule is evaluated for a sensor, and why.</summary>
/// <param name="RuleId">The rule.</param>
/// <param name="Reason">Why it is evaluated or not.</param>
/// <param name="Arguments">Values for a sentence about it: see <see cref="RuleMatchReason"/>.</param>
public sealed record RuleMatch(int RuleId, RuleMatchReason Reason, string[] Arguments)
{
    /// <summary>True when it is evaluated.</summary>
    public bool Applies => Reason is RuleMatchReason.ForAll or RuleMatchReason.MostSpecific;

    /// <summary>The rule.</summary>
    public required AlertRule Rule { get; init; }

    /// <summary>Its thresholds, least severe first, when it is evaluated and they can be drawn over the levels.</summary>
    public LevelThreshold[] Thresholds { get; init; } = [];
}
