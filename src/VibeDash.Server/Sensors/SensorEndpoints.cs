using VibeDash.Core.Contract;
using VibeDash.Server.Refusals;
using VibeDash.Server.Status;

namespace VibeDash.Server.Sensors;

/// <summary>The fleet, its sensors and their settings over HTTP.</summary>
internal static class SensorEndpoints
{
    /// <summary>Registers the sensor services.</summary>
    public static IServiceCollection AddSensors(this IServiceCollection services) => services.AddSingleton<ISensorApi, SensorService>();

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
            .Writes(RefusalCode.InvalidInput, RefusalCode.SensorUnknown)
            .WithSummary("Changes the labels of a sensor, and the source of its baseline.");
        group.MapGet("status", (ServerStatusReader status) => TypedResults.Ok(status.Read()))
            .WithSummary("The server's state, and its counts since the start.");
        return api;
    }
}
