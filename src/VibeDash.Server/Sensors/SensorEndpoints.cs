using Microsoft.AspNetCore.Http.HttpResults;
using VibeDash.Core.Contract;
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
        var group = api.MapGroup("").WithTags("Fleet");
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
            .Writes(RefusalCode.InvalidInput, RefusalCode.SensorUnknown, RefusalCode.BaselineUnconfirmed, RefusalCode.TooManySensors)
            .WithSummary("Changes the labels of a sensor, the source of its baseline, and its run level. `Learned` is possible before the sensor has sent anything. 409 for a baseline that is far from what it sends, unless `confirmed`.");
        group.MapGet("sensors/{sensorId}/run-level", async (string sensorId, ISensorApi sensors, CancellationToken cancelled) =>
                (await sensors.ProposeRunLevelAsync(sensorId, cancelled)).ToResult(RefusalCode.SensorUnknown, sensorId))
            .Refuses(RefusalCode.SensorUnknown)
            .WithSummary("A run level found in the stored levels of a sensor, with their histogram; or why none is proposed.");
        group.MapPost("sensors/{sensorId}/history-evaluation", EvaluateHistoryAsync)
            .Writes(RefusalCode.SensorUnknown, RefusalCode.HistoryEvaluationUnderWay)
            .WithSummary("Starts to evaluate the stored readings of a sensor anew, by the rules and the baseline in force. `GET history-evaluation` tells how far it is. 409 while another one is under way.");
        group.MapGet("history-evaluation", Results<Ok<HistoryEvaluation>, NoContent> (HistoryEvaluations runs) => runs.Latest is { } run ? TypedResults.Ok(run) : TypedResults.NoContent())
            .WithSummary("The evaluation of a sensor's history that is under way, or the last one. 204 when there was none since the start.");
        group.MapGet("status", (ServerStatusReader status) => TypedResults.Ok(status.Read()))
            .WithSummary("The server's state, and its counts since the start.");
        return api;
    }

    private static async Task<Results<Accepted<HistoryEvaluation>, ProblemHttpResult>> EvaluateHistoryAsync(
        string sensorId, RequestActor by, ISensorApi sensors, CancellationToken cancelled)
    {
        var answer = await sensors.EvaluateHistoryAsync(sensorId, by.Actor, cancelled);
        return answer.Refusal is { } refusal ? refusal.Problem() : TypedResults.Accepted("/api/v1/history-evaluation", answer.Value);
    }
}
