using VibeDash.Core.Contract;
using VibeDash.Core.People;
using VibeDash.Server.Refusals;

namespace VibeDash.Server.Rules;

/// <summary>Alert rules over HTTP.</summary>
internal static class RuleEndpoints
{
    /// <summary>Registers the rule services.</summary>
    public static IServiceCollection AddRules(this IServiceCollection services) => services.AddSingleton<IRuleApi, RuleService>();

    /// <summary>Maps <c>rules</c> and <c>sensors/{sensorId}/rules</c>.</summary>
    public static RouteGroupBuilder MapRules(this RouteGroupBuilder routes)
    {
        var rules = routes.MapGroup("rules").WithTags("Rules").Requires(Permission.View);
        rules.MapGet("", async (IRuleApi api, CancellationToken cancelled) => TypedResults.Ok(await api.GetRulesAsync(cancelled)))
            .WithSummary("The rules in force, those that are switched off included.");
        rules.MapGet("{ruleId:int}/versions", async (int ruleId, IRuleApi api, CancellationToken cancelled) => TypedResults.Ok(await api.GetRuleVersionsAsync(ruleId, cancelled)))
            .WithSummary("All versions of a rule, the newest first.");
        rules.MapPost("", async (RuleEdit edit, RequestActor by, IRuleApi api, CancellationToken cancelled) => (await api.AddRuleAsync(edit, by.Actor, cancelled)).ToResult())
            .Writes(Permission.Configure, RefusalCode.InvalidInput, RefusalCode.TooManyRules, RefusalCode.OutsidePlaces)
            .WithSummary("Adds a rule.");
        rules.MapPut("{ruleId:int}", async (int ruleId, RuleEdit edit, RequestActor by, IRuleApi api, CancellationToken cancelled) =>
                (await api.ChangeRuleAsync(ruleId, edit, by.Actor, cancelled)).ToResult())
            .Writes(Permission.Configure, RefusalCode.InvalidInput, RefusalCode.RuleUnknown, RefusalCode.RuleChanged, RefusalCode.OutsidePlaces)
            .WithSummary("Changes a rule: a new version. 409 when somebody has changed it since the version named.");
        rules.MapDelete("{ruleId:int}", async (int ruleId, RequestActor by, IRuleApi api, CancellationToken cancelled) =>
                (await api.DeleteRuleAsync(ruleId, by.Actor, cancelled)).ToResult())
            .Writes(Permission.Configure, RefusalCode.RuleUnknown, RefusalCode.OutsidePlaces)
            .WithSummary("Deletes a rule, and answers with it as it was. Its versions stay on record. Alerts that no other rule evaluates end, with the cause `RuleGone` and the person.");

        var sensors = routes.MapGroup("sensors/{sensorId}").WithTags("Rules").Requires(Permission.View);
        sensors.MapGet("rules", async (string sensorId, IRuleApi api, CancellationToken cancelled) =>
                (await api.GetSensorRulesAsync(sensorId, cancelled)).ToResult(RefusalCode.SensorUnknown, sensorId))
            .Refuses(RefusalCode.SensorUnknown)
            .WithSummary("How the rules stand to a sensor: which apply, and why.");
        return routes;
    }
}
