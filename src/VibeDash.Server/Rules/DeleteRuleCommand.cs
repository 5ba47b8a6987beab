using System.Globalization;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Rules;

/// <summary>Deletes a rule. Its versions stay on record, and its open alerts end, unless another rule evaluates them.</summary>
/// <param name="ruleId">The rule.</param>
/// <param name="actor">The person.</param>
/// <param name="at">Server time of the request.</param>
internal sealed class DeleteRuleCommand(int ruleId, Actor actor, DateTimeOffset at) : AnswerCommand<AlertRule>(actor, at)
{
    /// <inheritdoc/>
    protected override string? Subject => ruleId.ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    protected override Answer<AlertRule> Execute(PipelineTransaction transaction)
    {
        var state = transaction.State;
        if (state.Book.Rules.FirstOrDefault(rule => rule.Id == ruleId && state.Shows(Actor, rule)) is not { } known)
            return Refusal.Of(RefusalCode.RuleUnknown, ruleId);
        if (!state.Holds(Actor, known))
            return Refusal.Of(RefusalCode.OutsidePlaces, known.Name);

        transaction.Storage.Retire(ruleId);
        state.Book = state.Book.Without(ruleId);
        transaction.Alerts.ChangeRules(At, Actor.Name);
        Replaces(known, null, DashboardJson.Default.AlertRule);
        return known;
    }
}
