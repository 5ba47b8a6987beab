using Microsoft.AspNetCore.Http.HttpResults;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Faults;
using VibeDash.Core.People;
using VibeDash.Server.Refusals;

namespace VibeDash.Server.Alerts;

/// <summary>Alerts over HTTP.</summary>
internal static class AlertEndpoints
{
    /// <summary>Registers the alert services.</summary>
    public static IServiceCollection AddAlerts(this IServiceCollection services) => services
        .AddSingleton<AlertReader>().AddSingleton<IAlertApi, AlertService>().AddHostedService<AlertClock>();

    /// <summary>Maps <c>alerts</c> and <c>out-of-service</c>.</summary>
    public static RouteGroupBuilder MapAlerts(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("alerts").WithTags("Alerts").Requires(Permission.View);
        group.MapGet("", FindAsync)
            .Refuses(RefusalCode.InvalidInput)
            .WithSummary("Alerts, newest first, filtered by severity, state, sensor, kind, rule, place, machine and time. Page with `before`.");
        group.MapGet("{alertId:long}", async (long alertId, IAlertApi alerts, CancellationToken cancelled) =>
                (await alerts.GetAlertAsync(alertId, cancelled)).ToResult(RefusalCode.AlertUnknown, alertId))
            .Refuses(RefusalCode.AlertUnknown)
            .WithSummary("One alert with its journal.");
        group.MapPost("actions", ActAsync)
            .Writes(Permission.Act, RefusalCode.InvalidInput, RefusalCode.AlertUnknown, RefusalCode.AlertAcknowledged, RefusalCode.OutsidePlaces)
            .WithSummary("Acknowledges, shelves, unshelves, assigns or comments on one alert or several; each has a result of its own. When none was done, a problem with these `results`.");
        group.MapPost("acknowledge", async (AlertBulkAcknowledgement acknowledgement, RequestActor by, IAlertApi alerts, CancellationToken cancelled) =>
                (await alerts.AcknowledgeAllAsync(acknowledgement, by.Actor, cancelled)).ToResult())
            .Writes(Permission.Act, RefusalCode.InvalidInput)
            .WithSummary("Acknowledges all alerts that match `filter`, as they were at the journal position `upTo`. Counts them, and those that changed since and were refused.");
        group.MapPost("{alertId:long}/acknowledge", AcknowledgeAsync)
            .Writes(Permission.Act, RefusalCode.InvalidInput, RefusalCode.AlertUnknown, RefusalCode.AlertAcknowledged, RefusalCode.OutsidePlaces)
            .WithSummary("Acknowledges an alert. 409 when it is acknowledged already, or back to normal.");
        var outOfService = api.MapGroup("out-of-service").WithTags("Rules").Requires(Permission.View);
        outOfService.MapGet("", async (IAlertApi alerts, CancellationToken cancelled) => TypedResults.Ok(await alerts.GetOutOfServiceAsync(cancelled)))
            .WithSummary("Sensors and machines that are out of service.");
        outOfService.MapPost("", async (OutOfServiceRequest request, RequestActor by, IAlertApi alerts, CancellationToken cancelled) =>
                (await alerts.TakeOutOfServiceAsync(request, by.Actor, cancelled)).ToResult())
            .Writes(Permission.Configure, RefusalCode.InvalidInput, RefusalCode.AlreadyOutOfService, RefusalCode.OutsidePlaces)
            .WithSummary("Takes a sensor or machine out of service, for at most 30 days: its alerts ask nobody for anything.");
        outOfService.MapPost("{id:long}/extend", async (long id, OutOfServiceExtension extension, RequestActor by, IAlertApi alerts, CancellationToken cancelled) =>
                (await alerts.ExtendOutOfServiceAsync(id, extension, by.Actor, cancelled)).ToResult())
            .Writes(Permission.Configure, RefusalCode.InvalidInput, RefusalCode.NotOutOfService)
            .WithSummary("Sets another end of an out-of-service period, at most 30 days from now.");
        outOfService.MapPost("{id:long}/return", async (long id, RequestActor by, IAlertApi alerts, CancellationToken cancelled) =>
                (await alerts.ReturnToServiceAsync(id, by.Actor, cancelled)).ToResult())
            .Writes(Permission.Configure, RefusalCode.NotOutOfService)
            .WithSummary("Returns a sensor or machine to service.");
        return api;
    }

    private static async Task<Results<Ok<AlertPage>, ProblemHttpResult>> FindAsync(
        IAlertApi alerts,
        CancellationToken cancelled,
        string? severity = null,
        string? state = null,
        string? sensorId = null,
        string? kind = null,
        int? ruleId = null,
        string? place = null,
        string? machine = null,
        DateTimeOffset? raisedFrom = null,
        DateTimeOffset? from = null,
        DateTimeOffset? to = null,
        long? before = null,
        int limit = 100)
    {
        var faults = new List<FieldFault>();
        var query = new AlertQuery
        {
            Severity = QueryName.Read<Severity>("severity", severity, faults),
            State = QueryName.Read<AlertState>("state", state, faults),
            SensorId = sensorId,
            Kind = QueryName.Read<ConditionKind>("kind", kind, faults),
            RuleId = ruleId,
            Place = place,
            Machine = machine,
            RaisedFrom = raisedFrom,
            From = from,
            To = to,
            Before = before,
            Limit = limit,
        };
        if (limit is < 1 or > AlertQuery.MaximumLimit)
            faults.Add(FieldFault.Of("limit", FaultCode.NotInRange, 1, AlertQuery.MaximumLimit));
        return faults.Count > 0 ? faults.Problem() : TypedResults.Ok(await alerts.GetAlertsAsync(query, cancelled));
    }

    private static async Task<Results<Ok<AlertResult[]>, ProblemHttpResult>> ActAsync(AlertAction action, RequestActor by, IAlertApi alerts, CancellationToken cancelled)
    {
        var answer = await alerts.ActAsync(action, by.Actor, cancelled);
        return answer.Value is not { } results ? answer.Refusal!.Problem()
            : Array.Exists(results, result => result.Refusal is null) ? TypedResults.Ok(results)
            : Refused(results);
    }

    private static async Task<Results<Ok<Alert>, ProblemHttpResult>> AcknowledgeAsync(
        long alertId, AlertAcknowledgement acknowledgement, RequestActor by, IAlertApi alerts, CancellationToken cancelled)
    {
        var answer = await alerts.ActAsync(acknowledgement.Of(alertId), by.Actor, cancelled);
        return (answer.Refusal ?? answer.Value![0].Refusal) is { } refusal ? refusal.Problem() : TypedResults.Ok(answer.Value![0].Alert);
    }

    // For several refusals: the first of an alert that exists.
    private static ProblemHttpResult Refused(AlertResult[] results)
    {
        var details = (Array.Find(results, result => result.Alert is not null) ?? results[0]).Refusal!.Details();
        details.Extensions["results"] = results;
        return TypedResults.Problem(details);
    }
}
