using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Server.Pipeline;

namespace VibeDash.Server.Rules;

/// <summary>Alert rules over HTTP.</summary>
internal static class RuleEndpoints
{
    /// <summary>Registers the rules' API.</summary>
    public static IServiceCollection AddRules(this IServiceCollection services) => services.AddSingleton<IRuleApi, RuleService>();

    /// <summary>Maps <c>rules</c> and <c>sensors/{sensorId}/rules</c>.</summary>
    public static RouteGroupBuilder MapRules(this RouteGroupBuilder routes)
    {
        var rules = routes.MapGroup("rules").WithTags("Rules");
        rules.MapGet("", (IRuleApi api, CancellationToken cancelled) => api.GetRulesAsync(cancelled))
            .WithSummary("The rules in force, those that are switched off included.");
        rules.MapGet("{ruleId:int}/versions", (int ruleId, IRuleApi api, CancellationToken cancelled) => api.GetRuleVersionsAsync(ruleId, cancelled))
            .WithSummary("All versions of a rule, the newest first.");
        rules.MapPost("", (RuleEdit edit, IRuleApi api, CancellationToken cancelled) =>
                Patience.AnswerAsync(patient => api.AddRuleAsync(edit, patient), Answer, cancelled))
            .Produces<RuleResult>().ProducesValidationProblem().Produces<RuleResult>(StatusCodes.Status409Conflict)
            .WithSummary("Adds a rule.");
        rules.MapPut("{ruleId:int}", (int ruleId, RuleEdit edit, IRuleApi api, CancellationToken cancelled) =>
                Patience.AnswerAsync(patient => api.ChangeRuleAsync(ruleId, edit, patient), Answer, cancelled))
            .Produces<RuleResult>().ProducesValidationProblem().Produces<RuleResult>(StatusCodes.Status409Conflict)
            .WithSummary("Changes a rule: a new version. 409 when somebody has changed it since the version named.");
        rules.MapDelete("{ruleId:int}", (int ruleId, string by, IRuleApi api, CancellationToken cancelled) =>
                Patience.AnswerAsync(patient => api.DeleteRuleAsync(ruleId, by, patient), result => Status(result.Fault), cancelled))
            .Produces<RuleResult>().Produces<RuleResult>(StatusCodes.Status409Conflict)
            .WithSummary("Deletes a rule. Its versions stay on record, and its open alerts clear.");

        var sensors = routes.MapGroup("sensors/{sensorId}").WithTags("Rules");
        sensors.MapGet("rules", async (string sensorId, IRuleApi api, CancellationToken cancelled) =>
                await api.GetSensorRulesAsync(sensorId, cancelled) is { } matches ? Results.Ok(matches) : Results.NotFound())
            .Produces<RuleMatch[]>().Produces(StatusCodes.Status404NotFound)
            .WithSummary("How the rules stand to a sensor: which apply, and why.");
        return routes;
    }

    // Problem details, which also have what a refusal has elsewhere.
    private static IResult Answer(RuleResult result) => result.Errors is { } errors
        ? Results.ValidationProblem(errors, detail: result.Fault, title: "The rule has faults.", extensions: new Dictionary<string, object?> { ["fault"] = result.Fault })
        : Results.Json(result, statusCode: Status(result.Fault));

    private static int Status(string? fault) =>
        fault is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict;
}
