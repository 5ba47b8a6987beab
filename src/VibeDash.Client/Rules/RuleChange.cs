using VibeDash.Core.Alerts;

namespace VibeDash.Client.Rules;

/// <summary>What is different between two versions of a rule, in words.</summary>
/// <param name="What">What of it.</param>
/// <param name="Before">How it was.</param>
/// <param name="After">How it is.</param>
public sealed record RuleChange(string What, string Before, string After)
{
    /// <summary>All that is different; empty when nothing is.</summary>
    public static IReadOnlyList<RuleChange> Between(AlertRule before, AlertRule after) =>
    [
        .. Texts(before).Zip(Texts(after), (old, now) => new RuleChange(now.What, old.Text, now.Text)).Where(change => change.Before != change.After),
    ];

    private static IEnumerable<(string What, string Text)> Texts(AlertRule rule) =>
    [
        ("Switched", rule.IsEnabled ? "on" : "off"),
        ("Name", rule.Name),
        ("For", RuleText.Scope(rule.Scope)),
        ("Condition", RuleText.Condition(rule)),
        ("Recovery", RuleText.Recovery(rule) ?? "at the next reading"),
        ("Judged", RuleText.Gate(rule.Gate)),
        ("Note", rule.Note ?? "none"),
    ];
}
