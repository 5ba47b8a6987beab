using Microsoft.Extensions.Options;
using VibeDash.Core.Contract;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Rules;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Alerts;

/// <summary>Takes what people want of alerts, rules and sensors, refuses what cannot be, and has the rest done by the event loop. Thread-safe.</summary>
internal sealed class AlertDesk(EventQueue queue, IOptions<AlertOptions> options, TimeProvider time)
{
    private DateTimeOffset Now => UnixMicroseconds.Whole(time.GetUtcNow());

    /// <summary>Acts on alerts; completes after the commit.</summary>
    public async Task<AlertResult[]> ActAsync(AlertAction action, CancellationToken cancellationToken)
    {
        var now = Now;
        action = action with { Until = action.Until is { } until ? UnixMicroseconds.Whole(until) : null };
        return action.Fault(now, options.Value.LongestShelving) is { } fault
            ? [new(null, fault)]
            : await queue.DoAsync(new AlertCommand(action, now), cancellationToken);
    }

    /// <summary>Adds a rule, or changes one; completes after the commit.</summary>
    /// <param name="ruleId">The rule to change; null to add one.</param>
    /// <param name="edit">As it is to be.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<RuleResult> PutRuleAsync(int? ruleId, RuleEdit edit, CancellationToken cancellationToken) =>
        edit.Faults().ToArray() is [{ } first, ..] faults
            ? new(null, first.Reason) { Errors = faults.GroupBy(fault => fault.Field, fault => fault.Reason).ToDictionary(field => field.Key, field => field.ToArray()) }
            : await queue.DoAsync(new RuleCommand(ruleId, edit.Rule, edit.By.Trim(), Now), cancellationToken);

    /// <summary>Deletes a rule; completes after the commit.</summary>
    public async Task<RuleResult> DeleteRuleAsync(int ruleId, string by, CancellationToken cancellationToken) =>
        AlertAction.NameFault(by) is { } fault ? new(null, fault) : await queue.DoAsync(new RuleCommand(ruleId, null, by.Trim(), Now), cancellationToken);

    /// <summary>Changes labels and baseline of a sensor; completes after the commit.</summary>
    /// <returns>Why that was not done, or null.</returns>
    public async Task<string?> SetSensorAsync(string sensorId, SensorSettings settings, CancellationToken cancellationToken) =>
        settings.Fault() ?? await queue.DoAsync(new SensorCommand(sensorId, settings, Now), cancellationToken);

    /// <summary>Takes out of service; completes after the commit.</summary>
    public async Task<OutOfServiceResult> TakeOutAsync(OutOfServiceRequest request, CancellationToken cancellationToken)
    {
        var now = Now;
        return request.Fault(now) is { } fault ? new(null, fault) : await queue.DoAsync(new OutOfServiceCommand(request, 0, request.By, now), cancellationToken);
    }

    /// <summary>Returns to service; completes after the commit.</summary>
    public async Task<OutOfServiceResult> ReturnAsync(long id, string by, CancellationToken cancellationToken) =>
        AlertAction.NameFault(by) is { } fault ? new(null, fault) : await queue.DoAsync(new OutOfServiceCommand(null, id, by, Now), cancellationToken);
}
