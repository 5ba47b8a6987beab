using Microsoft.AspNetCore.Mvc;
using VibeDash.Client.Live;
using VibeDash.Core.Live;

namespace VibeDash.Server.History;

/// <summary>History over HTTP.</summary>
internal static class HistoryEndpoints
{
    /// <summary>Registers what answers ranges.</summary>
    public static IServiceCollection AddHistory(this IServiceCollection services) => services.AddSingleton<HistoryReader>();

    /// <summary>Maps <c>sensors/{id}/history</c>.</summary>
    public static RouteGroupBuilder MapHistory(this RouteGroupBuilder api)
    {
        api.MapGet("sensors/{sensorId}/history", ReadAsync)
            .Produces<TrendHistory>().Produces(StatusCodes.Status404NotFound).ProducesValidationProblem()
            .WithTags("History")
            .WithSummary("The readings of a sensor from one time to another, both inclusive, as at most `points` buckets of minimum, maximum, mean and count.");
        api.MapGet("history", ReadSeveralAsync)
            .Produces<TrendHistory[]>().ProducesValidationProblem()
            .WithTags("History")
            .WithSummary("The same for several sensors (`sensor` again and again), in the order asked for; those that are not known are left out.");
        return api;
    }

    private static async Task<IResult> ReadAsync(
        string sensorId, DateTimeOffset from, DateTimeOffset to, IDashboardApi dashboard, CancellationToken cancelled, int points = 300)
    {
        var faults = Faults(from, to, points);
        if (faults.Count > 0)
            return Results.ValidationProblem(faults);
        return await dashboard.GetHistoryAsync(sensorId, from.ToUniversalTime(), to.ToUniversalTime(), points, cancelled) is { } history
            ? Results.Ok(history)
            : Results.NotFound();
    }

    private static async Task<IResult> ReadSeveralAsync(
        [FromQuery(Name = "sensor")] string[] sensors, DateTimeOffset from, DateTimeOffset to, IDashboardApi dashboard, CancellationToken cancelled, int points = 300)
    {
        var faults = Faults(from, to, points);
        if (sensors.Length is 0 or > TrendHistory.MaximumSensors)
            faults["sensor"] = [$"Must be given 1 to {TrendHistory.MaximumSensors} times."];
        if (faults.Count > 0)
            return Results.ValidationProblem(faults);
        return Results.Ok(await dashboard.GetHistoriesAsync(sensors, from.ToUniversalTime(), to.ToUniversalTime(), points, cancelled));
    }

    private static Dictionary<string, string[]> Faults(DateTimeOffset from, DateTimeOffset to, int points)
    {
        var faults = new Dictionary<string, string[]>();
        if (from >= to)
            faults["from"] = ["Must be before 'to'."];
        if (points is < 2 or > HistoryReader.MaximumPoints)
            faults["points"] = [$"Must be 2 to {HistoryReader.MaximumPoints}."];
        return faults;
    }
}
