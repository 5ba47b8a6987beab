using VibeDash.Core.Alerts;

namespace VibeDash.Server.Storage;

/// <summary>
/// Gives the rule <c>Level against baseline</c> of an earlier version, in which one reading was enough for Critical, its present form: as a new version by
/// <see cref="Author"/>. Only while nobody has edited, switched off or deleted the rule.
/// </summary>
internal static class DefaultRuleUpgrade
{
    /// <summary>The author of the new version.</summary>
    public const string Author = "VibeDash";

    /// <summary>The reason, shown with the new version.</summary>
    public const string Note = "A single reading above the Critical threshold is shown, and confirmed by the readings after it.";

    private static readonly AlertRule Present = AlertRule.Defaults[0];

    private static readonly AlertRule Former = Present with
    {
        Tiers = [Present.Tiers[0], Present.Tiers[1] with { OnDelay = AlertDelay.AtOnce, AtOnce = null }],
    };

    /// <summary>Adds the new version to the context, if the former one is in force.</summary>
    /// <param name="context">The database, with all migrations applied.</param>
    /// <param name="now">Server time.</param>
    /// <returns>True when there is something to save.</returns>
    public static bool Apply(VibeDashContext context, DateTimeOffset now)
    {
        if (context.AlertRules.SingleOrDefault(row => row.Id == Former.Id && row.IsCurrent) is not { Version: 1 } row || row.ToRule() != Former)
            return false;

        row.IsCurrent = false;
        context.AlertRules.Add(AlertRuleRow.From(Present with { Version = 2, Note = Note }, now, Author));
        return true;
    }
}
