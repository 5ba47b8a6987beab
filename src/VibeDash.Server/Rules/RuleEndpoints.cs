using VibeDash.Client.Live;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Server.Pipeline;

namespace VibeDash.Server.Rules;

/// <summary>Alert rules, what they depend on, and what is out of service, over HTTP.</summary>
internal static class RuleEndpoints
{
    /// <summary>Maps <c>rules</c>, <c>sensors/{sensorId}/rules</c>, <c>sensors/{sensorId}/settings</c> and <c>out-of-service</c>.</summary>
    public static RouteGroupBuilder MapRules(this RouteGroupBuilder api)
    {
        var rules = api.MapGroup("rules").WithTags("Rules");
        rules.MapGet("", (IDashboardApi dashboard, CancellationToken cancelled) => dashboard.GetRulesAsync(cancelled))
            .WithSummary("The rules in force, those that are switched off included.");
        rules.MapGet("{ruleId:int}/versions", (int ruleId, IDashboardApi dashboard, CancellationToken cancelled) => dashboard.GetRuleVersionsAsync(ruleId, cancelled))
            .WithSummary("All versions of a rule, the newest first.");
        rules.MapPost("", (RuleEdit edit, IDashboardApi dashboard, CancellationToken cancelled) =>
                Patience.AnswerAsync(patient => dashboard.AddRuleAsync(edit, patient), Answer, cancelled))
            .Produces<RuleResult>().ProducesValidationProblem().Produces<RuleResult>(StatusCodes.Status409Conflict)
            .WithSummary("Adds a rule.");
        rules.MapPut("{ruleId:int}", (int ruleId, RuleEdit edit, IDashboardApi dashboard, CancellationToken cancelled) =>
                Patience.AnswerAsync(patient => dashboard.ChangeRuleAsync(ruleId, edit, patient), Answer, cancelled))
            .Produces<RuleResult>().ProducesValidationProblem().Produces<RuleResult>(StatusCodes.Status409Conflict)
            .WithSummary("Changes a rule: a new version. 409 when somebody has changed it since the version named.");
        rules.MapDelete("{ruleId:int}", (int ruleId, string by, IDashboardApi dashboard, CancellationToken cancelled) =>
                Patience.AnswerAsync(patient => dashboard.DeleteRuleAsync(ruleId, by, patient), result => Status(result.Fault), cancelled))
            .Produces<RuleResult>().Produces<RuleResult>(StatusCodes.Status409Conflict)
            .WithSummary("Deletes a rule. Its versions stay on record, and its open alerts clear.");

        var sensors = api.MapGroup("sensors/{sensorId}").WithTags("Rules");
        sensors.MapGet("rules", async (string sensorId, IDashboardApi dashboard, CancellationToken cancelled) =>
                await dashboard.GetSensorRulesAsync(sensorId, cancelled) is { } matches ? Results.Ok(matches) : Results.NotFound())
            .Produces<RuleMatch[]>().Produces(StatusCodes.Status404NotFound)
            .WithSummary("How the rules stand to a sensor: which apply, and why.");
        sensors.MapPut("settings", (string sensorId, SensorSettings settings, IDashboardApi dashboard, CancellationToken cancelled) => Patience.AnswerAsync(
                async patient => new SettingsResult(await dashboard.SetSensorAsync(sensorId, settings, patient)), result => Status(result.Fault), cancelled))
            .Produces<SettingsResult>().Produces<SettingsResult>(StatusCodes.Status409Conflict)
            .WithSummary("Changes what people say about a sensor: labels, and where its baseline comes from.");

        var outOfService = api.MapGroup("out-of-service").WithTags("Rules");
        outOfService.MapGet("", (IDashboardApi dashboard, CancellationToken cancelled) => dashboard.GetOutOfServiceAsync(cancelled))
            .WithSummary("Sensors and machines that are out of service.");
        outOfService.MapPost("", (OutOfServiceRequest request, IDashboardApi dashboard, CancellationToken cancelled) =>
                Patience.AnswerAsync(patient => dashboard.TakeOutOfServiceAsync(request, patient), result => Status(result.Fault), cancelled))
            .Produces<OutOfServiceResult>().Produces<OutOfServiceResult>(StatusCodes.Status409Conflict)
            .WithSummary("Takes a sensor or machine out of service: its alerts ask nobody for anything.");
        outOfService.MapPost("{id:long}/return", (long id, string by, IDashboardApi dashboard, CancellationToken cancelled) =>
                Patience.AnswerAsync(patient => dashboard.ReturnToServiceAsync(id, by, patient), result => Status(result.Fault), cancelled))
            .Produces<OutOfServiceResult>().Produces<OutOfServiceResult>(StatusCodes.Status409Conflict)
            .WithSummary("Returns a sensor or machine to service.");
        return api;
    }

    // Problem details, which also have what a refusal has elsewhere.
    private static IResult Answer(RuleResult result) => result.Errors is { } errors
        ? Results.ValidationProblem(errors, detail: result.Fault, title: "The rule has faults.", extensions: new Dictionary<string, object?> { ["fault"] = result.Fault })
        : Results.Json(result, statusCode: Status(result.Fault));

    private static int Status(string? fault) =>
        fault is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict;
}
