using VibeDash.Core.Contract;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Status;

namespace VibeDash.Server.Sensors;

/// <summary>The fleet, its sensors and their settings over HTTP.</summary>
internal static class SensorEndpoints
{
    /// <summary>Registers the sensors' API.</summary>
    public static IServiceCollection AddSensors(this IServiceCollection services) => services.AddSingleton<ISensorApi, SensorService>();

    /// <summary>Maps <c>fleet</c>, <c>sensors</c> and <c>status</c>.</summary>
    public static RouteGroupBuilder MapSensors(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("").WithTags("Fleet");
        group.MapGet("fleet", (ISensorApi sensors, CancellationToken cancelled) => sensors.GetFleetAsync(cancelled))
            .WithSummary("First content of a page: sensors with their latest levels, open alerts, rules, and the server's state.");
        group.MapGet("sensors", async (ISensorApi sensors, CancellationToken cancelled) => (await sensors.GetFleetAsync(cancelled)).Sensors)
            .WithSummary("All sensors.");
        group.MapGet("sensors/{sensorId}", async (string sensorId, ISensorApi sensors, CancellationToken cancelled) =>
                await sensors.GetSensorAsync(sensorId, cancelled) is { } sensor ? Results.Ok(sensor) : Results.NotFound())
            .Produces<SensorSnapshot>().Produces(StatusCodes.Status404NotFound)
            .WithSummary("One sensor.");
        group.MapPut("sensors/{sensorId}/settings", (string sensorId, SensorSettings settings, ISensorApi sensors, CancellationToken cancelled) => Patience.AnswerAsync(
                async patient => new SettingsResult(await sensors.SetSensorAsync(sensorId, settings, patient)),
                result => result.Fault is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict, cancelled))
            .Produces<SettingsResult>().Produces<SettingsResult>(StatusCodes.Status409Conflict)
            .WithSummary("Changes the labels of a sensor, and the source of its baseline.");
        group.MapGet("status", (ServerStatusReader status) => status.Read())
            .WithSummary("The server's state, and its counts since the start.");
        return api;
    }
}
