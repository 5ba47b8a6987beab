using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Rules;
using VibeDash.Server.Startup;

namespace VibeDash.Server.Alerts;

/// <summary>Alerts over HTTP.</summary>
internal static class AlertEndpoints
{
    /// <summary>Registers what answers questions about alerts.</summary>
    public static IServiceCollection AddAlerts(this IServiceCollection services) => services
        .AddSingleton<AlertReader>().AddSingleton<IAlertApi, AlertService>().AddHostedService<AlertClock>();

    /// <summary>Maps <c>alerts</c> and <c>out-of-service</c>.</summary>
    public static RouteGroupBuilder MapAlerts(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("alerts").WithTags("Alerts");
        group.MapGet("", FindAsync)
            .Produces<AlertPage>().ProducesValidationProblem()
            .WithSummary("Alerts, newest first, filtered by severity, state, sensor and time. Page with `before`.");
        group.MapGet("{alertId:long}", async (long alertId, IAlertApi alerts, CancellationToken cancelled) =>
                await alerts.GetAlertAsync(alertId, cancelled) is { } alert ? Results.Ok(alert) : Results.NotFound())
            .Produces<AlertDetail>().Produces(StatusCodes.Status404NotFound)
            .WithSummary("One alert with its journal.");
        group.MapPost("actions", (AlertAction action, IAlertApi alerts, CancellationToken cancelled) =>
                Patience.AnswerAsync(patient => alerts.ActAsync(action, patient), Status, cancelled))
            .Produces<AlertResult[]>()
            .Produces<AlertResult[]>(StatusCodes.Status404NotFound)
            .Produces<AlertResult[]>(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithSummary("Acknowledges, shelves, unshelves, assigns or comments on one alert or several; each has a result of its own.");
        group.MapPost("{alertId:long}/acknowledge", (long alertId, AlertAcknowledgement acknowledgement, IAlertApi alerts, CancellationToken cancelled) =>
                Patience.AnswerAsync(
                    async patient => (await alerts.ActAsync(acknowledgement.Of(alertId), patient))[0], result => Status([result]), cancelled))
            .Produces<AlertResult>()
            .Produces<AlertResult>(StatusCodes.Status404NotFound)
            .Produces<AlertResult>(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithSummary("Acknowledges an alert. 409 when it is acknowledged already, or back to normal.");
        var outOfService = api.MapGroup("out-of-service").WithTags("Rules");
        outOfService.MapGet("", (IAlertApi alerts, CancellationToken cancelled) => alerts.GetOutOfServiceAsync(cancelled))
            .WithSummary("Sensors and machines that are out of service.");
        outOfService.MapPost("", (OutOfServiceRequest request, IAlertApi alerts, CancellationToken cancelled) =>
                Patience.AnswerAsync(patient => alerts.TakeOutOfServiceAsync(request, patient), result => Status(result.Fault), cancelled))
            .Produces<OutOfServiceResult>().Produces<OutOfServiceResult>(StatusCodes.Status409Conflict)
            .WithSummary("Takes a sensor or machine out of service: its alerts ask nobody for anything.");
        outOfService.MapPost("{id:long}/return", (long id, string by, IAlertApi alerts, CancellationToken cancelled) =>
                Patience.AnswerAsync(patient => alerts.ReturnToServiceAsync(id, by, patient), result => Status(result.Fault), cancelled))
            .Produces<OutOfServiceResult>().Produces<OutOfServiceResult>(StatusCodes.Status409Conflict)
            .WithSummary("Returns a sensor or machine to service.");
        return api;
    }

    private static async Task<IResult> FindAsync(
        IAlertApi alerts,
        CancellationToken cancelled,
        string? severity = null,
        string? state = null,
        string? sensorId = null,
        DateTimeOffset? from = null,
        DateTimeOffset? to = null,
        long? before = null,
        int limit = 100)
    {
        var faults = new Dictionary<string, string[]>();
        var query = new AlertQuery
        {
            Severity = Named<Severity>("severity", severity, faults),
            State = Named<AlertState>("state", state, faults),
            SensorId = sensorId,
            From = from,
            To = to,
            Before = before,
            Limit = limit,
        };
        if (limit is < 1 or > AlertQuery.MaximumLimit)
            faults["limit"] = [$"Must be 1 to {AlertQuery.MaximumLimit}."];
        return faults.Count > 0 ? Results.ValidationProblem(faults) : Results.Ok(await alerts.GetAlertsAsync(query, cancelled));
    }

    /// <summary>Reads the name of an enumeration's value in any case; the framework's own binding insists on capitals.</summary>
    private static T? Named<T>(string key, string? name, Dictionary<string, string[]> faults)
        where T : struct, Enum
    {
        if (string.IsNullOrEmpty(name))
            return null;
        if (Enum.GetNames<T>().FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } exact)
            return Enum.Parse<T>(exact);
        faults[key] = [$"Must be one of {string.Join(", ", Enum.GetNames<T>())}."];
        return null;
    }

    private static int Status(string? fault) => fault is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict;

    // Of several the best: some of them were done.
    private static int Status(AlertResult[] results) =>
        results.Any(result => result.Fault is null) ? StatusCodes.Status200OK
        : results.Any(result => result.Alert is not null) ? StatusCodes.Status409Conflict
        : results.Any(result => result.IsUnknown) ? StatusCodes.Status404NotFound
        : StatusCodes.Status400BadRequest;
}
