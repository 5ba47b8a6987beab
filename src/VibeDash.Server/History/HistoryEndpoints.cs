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
        return api;
    }

    private static async Task<IResult> ReadAsync(
        string sensorId, DateTimeOffset from, DateTimeOffset to, IDashboardApi dashboard, CancellationToken cancelled, int points = 300)
    {
        var faults = new Dictionary<string, string[]>();
        if (from >= to)
            faults["from"] = ["Must be before 'to'."];
        if (points is < 2 or > HistoryReader.MaximumPoints)
            faults["points"] = [$"Must be 2 to {HistoryReader.MaximumPoints}."];
        if (faults.Count > 0)
            return Results.ValidationProblem(faults);

        return await dashboard.GetHistoryAsync(sensorId, from.ToUniversalTime(), to.ToUniversalTime(), points, cancelled) is { } history
            ? Results.Ok(history)
            : Results.NotFound();
    }
}
