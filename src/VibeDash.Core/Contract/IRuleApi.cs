using VibeDash.Core.Alerts;

namespace VibeDash.Core.Contract;

/// <summary>Alert rules.</summary>
/// <remarks>
/// Every method throws <see cref="HttpRequestException"/> when the server cannot be reached or fails.
/// A refusal is a result, not an exception.
/// </remarks>
public interface IRuleApi
{
    /// <summary>The current version of every rule by id, switched-off rules included.</summary>
    Task<RuleVersion[]> GetRulesAsync(CancellationToken cancellationToken = default);

    /// <summary>All versions of a rule, newest first; empty when the rule never existed.</summary>
    Task<RuleVersion[]> GetRuleVersionsAsync(int ruleId, CancellationToken cancellationToken = default);

    /// <summary>Adds a rule.</summary>
    Task<Answer<AlertRule>> AddRuleAsync(RuleEdit edit, Actor actor, CancellationToken cancellationToken = default);

    /// <summary>Changes a rule.</summary>
    Task<Answer<AlertRule>> ChangeRuleAsync(int ruleId, RuleEdit edit, Actor actor, CancellationToken cancellationToken = default);

    /// <summary>Deletes a rule; the answer is that rule. Its versions stay on record.</summary>
    Task<Answer<AlertRule>> DeleteRuleAsync(int ruleId, Actor actor, CancellationToken cancellationToken = default);

    /// <summary>The rules that cover a sensor, with the reason why each is evaluated or not; null when the sensor is not known.</summary>
    Task<RuleMatch[]?> GetSensorRulesAsync(string sensorId, CancellationToken cancellationToken = default);
}
