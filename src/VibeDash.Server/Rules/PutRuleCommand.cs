using System.Globalization;
using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Rules;

/// <summary>Adds a rule, or a new version of a rule. It is evaluated from the next reading of each sensor on.</summary>
/// <param name="ruleId">The rule to change; null to add one.</param>
/// <param name="edit">The new content of the rule, validated.</param>
/// <param name="actor">The person.</param>
/// <param name="at">Server time of the request.</param>
internal sealed class PutRuleCommand(int? ruleId, AlertRule edit, Actor actor, DateTimeOffset at) : AnswerCommand<AlertRule>(actor, at)
{
    /// <inheritdoc/>
    protected override string? Subject => ruleId?.ToString(CultureInfo.InvariantCulture) ?? edit.Name;

    /// <inheritdoc/>
    protected override Answer<AlertRule> Execute(PipelineTransaction transaction)
    {
        var (state, storage) = (transaction.State, transaction.Storage);
        var known = state.Book.Rules.FirstOrDefault(rule => rule.Id == ruleId && state.Shows(Actor, rule));
        if (ruleId is { } wanted && known is null)
            return Refusal.Of(RefusalCode.RuleUnknown, wanted);
        if (!state.Holds(Actor, edit) || (known is not null && !state.Holds(Actor, known)))
            return Refusal.Of(RefusalCode.OutsidePlaces, edit.Name);
        if (edit.Version > 0 && known is not null && edit.Version != known.Version)
            return Refusal.Of(RefusalCode.RuleChanged, known.Version);
        if (ruleId is null && state.Book.Rules.Count >= AlertRule.MaximumRules)
            return Refusal.Of(RefusalCode.TooManyRules, AlertRule.MaximumRules);

        // Ids come from the database, since those of deleted rules are not reused.
        var rules = storage.Context.AlertRules;
        var rule = edit with
        {
            Id = ruleId ?? (rules.Max(row => (int?)row.Id) ?? 0) + 1,
            Version = (rules.Where(row => row.Id == ruleId).Max(row => (int?)row.Version) ?? 0) + 1,
        };
        storage.Retire(rule.Id);
        storage.Changes().AlertRules.Add(AlertRuleRow.From(rule, At, Actor.Name));
        storage.Save();

        state.Book = state.Book.With(rule);
        transaction.Alerts.ChangeRules(At, Actor.Name);
        Replaces(known, rule, DashboardJson.Default.AlertRule);
        return rule;
    }
}
