using System.Globalization;
using VibeDash.Core.Contract;
using VibeDash.Server.Pipeline;

namespace VibeDash.Server.Rules;

/// <summary>Deletes a rule. Its versions stay on record, and its open alerts clear.</summary>
/// <param name="ruleId">The rule.</param>
/// <param name="actor">The person.</param>
/// <param name="at">Server time of the request.</param>
internal sealed class DeleteRuleCommand(int ruleId, Actor actor, DateTimeOffset at) : Command<RuleResult>(actor, at)
{
    /// <inheritdoc/>
    protected override string? Subject => ruleId.ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    protected override RuleResult Execute(PipelineTransaction transaction)
    {
        var state = transaction.State;
        if (!state.Book.Rules.Any(rule => rule.Id == ruleId))
            return new(null, $"There is no rule {ruleId}.");

        transaction.Storage.Retire(ruleId);
        state.Book = state.Book.Without(ruleId);
        transaction.Alerts.ChangeRules(At);
        return new(null, null);
    }
}
