using VibeDash.Core.Alerts;

namespace VibeDash.Core.Contract;

/// <summary>A version of a rule.</summary>
/// <param name="Rule">The rule at that version.</param>
/// <param name="ChangedAt">When it became so, by the server's clock.</param>
/// <param name="ChangedBy">Who made it so; null for what a new installation starts with.</param>
/// <param name="IsCurrent">True for the version in force.</param>
public sealed record RuleVersion(AlertRule Rule, DateTimeOffset ChangedAt, string? ChangedBy, bool IsCurrent);
