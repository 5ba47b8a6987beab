using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using VibeDash.Core.Contract;
using VibeDash.Core.People;
using VibeDash.Server.Refusals;
using VibeDash.Server.Status;

namespace VibeDash.Server.Sensors;

/// <summary>The fleet, its sensors and their settings over HTTP.</summary>
internal static class SensorEndpoints
{
    /// <summary>Registers the sensor services.</summary>
    public static IServiceCollection AddSensors(this IServiceCollection services) =>
        services.AddSingleton<RunLevelReader>().AddSingleton<HistoryEvaluations>().AddSingleton<ISensorApi, SensorService>();

    /// <summary>Maps <c>fleet</c>, <c>sensors</c> and <c>status</c>.</summary>
    public static RouteGroupBuilder MapSensors(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("").WithTags("Fleet").Requires(Permission.View);
        group.MapGet("fleet", async (ISensorApi sensors, CancellationToken cancelled) => TypedResults.Ok(await sensors.GetFleetAsync(cancelled)))
            .WithSummary("First content of a page: sensors with their latest levels, open alerts, rules, and the server's state.");
        group.MapGet("sensors", async (ISensorApi sensors, CancellationToken cancelled) => TypedResults.Ok((await sensors.GetFleetAsync(cancelled)).Sensors))
            .WithSummary("All sensors.");
        group.MapGet("sensors/{sensorId}", async (string sensorId, ISensorApi sensors, CancellationToken cancelled) =>
                (await sensors.GetSensorAsync(sensorId, cancelled)).ToResult(RefusalCode.SensorUnknown, sensorId))
            .Refuses(RefusalCode.SensorUnknown)
            .WithSummary("One sensor.");
        group.MapPut("sensors/{sensorId}/settings", async (string sensorId, SensorSettings settings, RequestActor by, ISensorApi sensors, CancellationToken cancelled) =>
                (await sensors.SetSensorAsync(sensorId, settings, by.Actor, cancelled)).ToResult())
            .Writes(Permission.Configure, RefusalCode.InvalidInput, RefusalCode.SensorUnknown, RefusalCode.BaselineUnconfirmed, RefusalCode.TooManySensors)
            .WithSummary("Changes the labels of a sensor, the source of its baseline, and its run level. `Learned` is possible before the sensor has sent anything. 409 for a baseline that is far from what it sends, unless `confirmed`.");
        group.MapGet("sensors/{sensorId}/run-level", async (string sensorId, ISensorApi sensors, CancellationToken cancelled) =>
                (await sensors.ProposeRunLevelAsync(sensorId, cancelled)).ToResult(RefusalCode.SensorUnknown, sensorId))
            .Refuses(RefusalCode.SensorUnknown)
            .WithSummary("A run level found in the stored levels of a sensor, with their histogram; or why none is proposed.");
        group.MapPost("sensors/{sensorId}/history-evaluation", EvaluateHistoryAsync)
            .Writes(Permission.Configure, RefusalCode.SensorUnknown, RefusalCode.HistoryEvaluationUnderWay)
            .WithSummary("Starts to evaluate the stored readings of a sensor anew, by the rules and the baseline in force. `GET history-evaluation` tells how far it is. 409 while another one is under way.");
        group.MapGet("history-evaluation", async Task<Results<Ok<HistoryEvaluation>, NoContent>> (ISensorApi sensors, CancellationToken cancelled) => await sensors.GetHistoryEvaluationAsync(cancelled) is { } run ? TypedResults.Ok(run) : TypedResults.NoContent())
            .WithSummary("The evaluation of a sensor's history that is under way, or the last one. 204 when there was none since the start.");
        group.MapGet("sensors/{sensorId}/extent", async (string sensorId, ISensorApi sensors, CancellationToken cancelled) =>
                (await sensors.GetExtentAsync(sensorId, cancelled)).ToResult(RefusalCode.SensorUnknown, sensorId))
            .Refuses(RefusalCode.SensorUnknown)
            .WithSummary("What is kept of a sensor: the numbers of its readings, alerts and notes, and its former ids.");
        group.MapPost("sensors/{sensorId}/rename", (string sensorId, SensorChangeRequest request, RequestActor by, ISensorApi sensors, CancellationToken cancelled) =>
                ChangeAsync(sensorId, SensorChangeKind.Rename, request, by, sensors, cancelled))
            .Writes(Permission.Configure, RefusalCode.InvalidInput, RefusalCode.SensorUnknown, RefusalCode.SensorIdTaken, RefusalCode.HistoryEvaluationUnderWay)
            .WithSummary("Gives a sensor another id, `to`. Messages with its former id are still read as its own.");
        group.MapPost("sensors/{sensorId}/hand-over", (string sensorId, SensorChangeRequest request, RequestActor by, ISensorApi sensors, CancellationToken cancelled) =>
                ChangeAsync(sensorId, SensorChangeKind.HandOver, request, by, sensors, cancelled))
            .Writes(Permission.Configure, RefusalCode.InvalidInput, RefusalCode.SensorUnknown, RefusalCode.SensorIdTaken, RefusalCode.TooManyReadingsToMove, RefusalCode.UnitsNotComparable, RefusalCode.HistoryEvaluationUnderWay, RefusalCode.OutsidePlaces)
            .WithSummary("A sensor was replaced: its history goes on under its successor `to`, whether that has sent already or not, with a note at the change. Its open alerts end.");
        group.MapPost("sensors/{sensorId}/merge", (string sensorId, SensorChangeRequest request, RequestActor by, ISensorApi sensors, CancellationToken cancelled) =>
                ChangeAsync(sensorId, SensorChangeKind.Merge, request, by, sensors, cancelled))
            .Writes(Permission.Configure, RefusalCode.InvalidInput, RefusalCode.SensorUnknown, RefusalCode.SensorIdTaken, RefusalCode.TooManyReadingsToMove, RefusalCode.UnitsNotComparable, RefusalCode.HistoryEvaluationUnderWay, RefusalCode.OutsidePlaces)
            .WithSummary("Two ids are one sensor: the readings of the first become those of `to`, each once. Its open alerts end.");
        group.MapDelete("sensors/{sensorId}", (string sensorId, RequestActor by, ISensorApi sensors, CancellationToken cancelled, string? reason = null) =>
                ChangeAsync(sensorId, SensorChangeKind.Delete, new(null, reason), by, sensors, cancelled))
            .Writes(Permission.Configure, RefusalCode.InvalidInput, RefusalCode.SensorUnknown, RefusalCode.HistoryEvaluationUnderWay)
            .WithSummary("Deletes a sensor with all its rows, and answers with their numbers; a `reason` is required. When it sends again, it is a new sensor.");
        group.MapDelete("sensors/{sensorId}/former-ids/{formerId}", (string sensorId, string formerId, RequestActor by, ISensorApi sensors, CancellationToken cancelled, string? reason = null) =>
                ChangeAsync(sensorId, SensorChangeKind.Release, new(formerId, reason), by, sensors, cancelled))
            .Writes(Permission.Configure, RefusalCode.InvalidInput, RefusalCode.SensorUnknown, RefusalCode.FormerIdUnknown)
            .WithSummary("Messages with a former id of a sensor are no longer read as its own; a `reason` is required.");
        group.MapGet("status", (ServerStatusReader status, ClaimsPrincipal caller) => TypedResults.Ok(Sight.Of(caller).IsWhole ? status.Read() : status.Read().AtPlaces()))
            .WithSummary("The server's state, and its counts since the start.");
        return api;
    }

    private static async Task<Results<Accepted<HistoryEvaluation>, ProblemHttpResult>> EvaluateHistoryAsync(
        string sensorId, RequestActor by, ISensorApi sensors, CancellationToken cancelled)
    {
        var answer = await sensors.EvaluateHistoryAsync(sensorId, by.Actor, cancelled);
        return answer.Refusal is { } refusal ? refusal.Problem() : TypedResults.Accepted("/api/v1/history-evaluation", answer.Value);
    }

    private static async Task<Results<Ok<SensorExtent>, ProblemHttpResult>> ChangeAsync(
        string sensorId, SensorChangeKind kind, SensorChangeRequest request, RequestActor by, ISensorApi sensors, CancellationToken cancelled) =>
        (await sensors.ChangeSensorAsync(sensorId, new(kind, request.To, request.Reason), by.Actor, cancelled)).ToResult();
}
