using VibeDash.Core.Alerts;

namespace VibeDash.Core.Contract;

/// <summary>A version of a rule.</summary>
/// <param name="Rule">The rule at that version.</param>
/// <param name="ChangedAt">Server time of the change to this version.</param>
/// <param name="ChangedBy">The person who made the change; null for the rules of a new installation.</param>
/// <param name="IsCurrent">True for the version in force.</param>
public sealed record RuleVersion(AlertRule Rule, DateTimeOffset ChangedAt, string? ChangedBy, bool IsCurrent);
