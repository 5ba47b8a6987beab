using System.Threading.Channels;
using VibeDash.Client.Live;
using VibeDash.Core.Alerts;
using VibeDash.Core.Live;

namespace VibeDash.Server.Alerts;

/// <summary>Alerts over HTTP.</summary>
internal static class AlertEndpoints
{
    // While the database cannot be written an acknowledgement waits; a person should hear of it before long.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Registers what answers questions about alerts.</summary>
    public static IServiceCollection AddAlerts(this IServiceCollection services) => services.AddSingleton<AlertReader>();

    /// <summary>Maps <c>alerts</c>.</summary>
    public static RouteGroupBuilder MapAlerts(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("alerts").WithTags("Alerts");
        group.MapGet("", FindAsync)
            .Produces<AlertPage>().ProducesValidationProblem()
            .WithSummary("Alerts, newest first, filtered by severity, state, sensor and time. Page with `before`.");
        group.MapGet("{alertId:long}", async (long alertId, IDashboardApi dashboard, CancellationToken cancelled) =>
                await dashboard.GetAlertAsync(alertId, cancelled) is { } alert ? Results.Ok(alert) : Results.NotFound())
            .Produces<AlertDetail>().Produces(StatusCodes.Status404NotFound)
            .WithSummary("One alert with its journal.");
        group.MapPost("{alertId:long}/acknowledge", AcknowledgeAsync)
            .Produces<AcknowledgeResult>()
            .Produces<AcknowledgeResult>(StatusCodes.Status400BadRequest)
            .Produces<AcknowledgeResult>(StatusCodes.Status404NotFound)
            .Produces<AcknowledgeResult>(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithSummary("Acknowledges an active alert. 409 when it is acknowledged or cleared already.");
        return api;
    }

    private static async Task<IResult> FindAsync(
        IDashboardApi dashboard,
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
        return faults.Count > 0 ? Results.ValidationProblem(faults) : Results.Ok(await dashboard.GetAlertsAsync(query, cancelled));
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

    private static async Task<IResult> AcknowledgeAsync(
        long alertId, Acknowledgement acknowledgement, IDashboardApi dashboard, CancellationToken cancelled)
    {
        if (acknowledgement.Fault() is { } fault)
            return Results.BadRequest(new AcknowledgeResult(null, fault));

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        patience.CancelAfter(Patience);
        try
        {
            var result = await dashboard.AcknowledgeAsync(alertId, acknowledgement, patience.Token);
            return result switch
            {
                { Fault: null } => Results.Ok(result),
                { Alert: null } => Results.NotFound(result),
                _ => Results.Conflict(result),
            };
        }
        catch (Exception unavailable) when (unavailable is OperationCanceledException or ChannelClosedException && !cancelled.IsCancellationRequested)
        {
            return Results.Problem("The acknowledgement is not stored yet; see whether it takes effect.", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
