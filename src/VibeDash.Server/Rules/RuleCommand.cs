using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Server.Pipeline;

namespace VibeDash.Server.Rules;

/// <summary>Adds, changes or deletes a rule.</summary>
/// <param name="ruleId">The rule to change or delete; null to add one.</param>
/// <param name="rule">The rule as it is to be, without fault; null to delete it.</param>
/// <param name="by">Who asked for it.</param>
/// <param name="at">Server time at which they did.</param>
internal sealed class RuleCommand(int? ruleId, AlertRule? rule, string by, DateTimeOffset at) : Command<RuleResult>
{
    /// <summary>The rule to change or delete; null to add one.</summary>
    public int? RuleId => ruleId;

    /// <summary>The rule as it is to be; null to delete it.</summary>
    public AlertRule? Rule => rule;

    /// <summary>Who asked for it.</summary>
    public string By => by;

    /// <summary>Server time at which they did.</summary>
    public DateTimeOffset At => at;
}
