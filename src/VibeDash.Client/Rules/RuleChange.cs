using VibeDash.Core.Alerts;

namespace VibeDash.Client.Rules;

/// <summary>A difference between two versions of a rule.</summary>
/// <param name="Field">Name of the changed part.</param>
/// <param name="Before">Text of the old version.</param>
/// <param name="After">Text of the new version.</param>
public sealed record RuleChange(string Field, string Before, string After)
{
    /// <summary>All differences; empty for none.</summary>
    public static IReadOnlyList<RuleChange> Between(AlertRule before, AlertRule after) =>
    [
        .. Texts(before).Zip(Texts(after), (old, now) => new RuleChange(now.Field, old.Text, now.Text)).Where(change => change.Before != change.After),
    ];

    private static IEnumerable<(string Field, string Text)> Texts(AlertRule rule) =>
    [
        ("Switched", rule.IsEnabled ? "on" : "off"),
        ("Name", rule.Name),
        ("For", RuleText.Scope(rule.Scope)),
        ("Condition", RuleText.Condition(rule)),
        ("Recovery", RuleText.Recovery(rule) ?? "at the next reading"),
        ("Evaluated", RuleText.Gate(rule.Gate)),
        ("Note", rule.Note ?? "none"),
    ];
}
