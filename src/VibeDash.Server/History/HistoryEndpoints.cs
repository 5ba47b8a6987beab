using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Mvc;
using VibeDash.Client.Live;
using VibeDash.Core.Contract;
using VibeDash.Core.Trends;
using VibeDash.Server.Startup;
using VibeDash.Server.Storage;
using VibeDash.Server.Storage.Ranges;

namespace VibeDash.Server.History;

/// <summary>History API.</summary>
internal static class HistoryEndpoints
{
    /// <summary>Registers the history services.</summary>
    public static IServiceCollection AddHistory(this IServiceCollection services) => services
        .AddValidatedOptions<HistoryOptions>(HistoryOptions.Section)
        .AddSingleton<HistoryReader>()
        .AddSingleton<IHistoryApi, HistoryService>()
        .AddSingleton<ReadingStream>();

    /// <summary>Maps <c>sensors/{id}/history</c>.</summary>
    public static RouteGroupBuilder MapHistory(this RouteGroupBuilder api)
    {
        api.MapGet("sensors/{sensorId}/history", ReadAsync)
            .Produces<TrendHistory>().Produces(StatusCodes.Status404NotFound).ProducesValidationProblem()
            .WithTags("History")
            .WithSummary("The readings of a sensor between two times, both inclusive, or until now, as at most `points` buckets of minimum, maximum, mean and count.");
        api.MapGet("history", ReadSeveralAsync)
            .Produces<TrendHistory[]>().ProducesValidationProblem()
            .WithTags("History")
            .WithSummary("The same for several sensors (repeat `sensor`), in the order of the request, without unknown sensors.");
        return api;
    }

    private static async Task<IResult> ReadAsync(
        string sensorId, HttpContext context, IHistoryApi histories, TimeProvider time, DateTimeOffset from, DateTimeOffset? to, CancellationToken cancelled, int points = 300)
    {
        var start = Stopwatch.GetTimestamp();
        var faults = Faults(from, to ?? time.GetUtcNow(), points);
        if (faults.Count > 0)
            return Results.ValidationProblem(faults);
        return await histories.GetHistoryAsync(sensorId, from.ToUniversalTime(), to?.ToUniversalTime(), points, cancelled) is { } history
            ? Answer(context, start, history, DashboardJson.Default.TrendHistory)
            : Results.NotFound();
    }

    private static async Task<IResult> ReadSeveralAsync(
        [FromQuery(Name = "sensor")] string[] sensors,
        HttpContext context,
        IHistoryApi histories,
        TimeProvider time,
        DateTimeOffset from,
        DateTimeOffset? to,
        CancellationToken cancelled,
        int points = 300)
    {
        var start = Stopwatch.GetTimestamp();
        var faults = Faults(from, to ?? time.GetUtcNow(), points);
        if (sensors.Length is 0 or > TrendHistory.MaximumSensors)
            faults["sensor"] = [$"Must be given 1 to {TrendHistory.MaximumSensors} times."];
        if (faults.Count > 0)
            return Results.ValidationProblem(faults);
        var answer = await histories.GetHistoriesAsync(sensors, from.ToUniversalTime(), to?.ToUniversalTime(), points, cancelled);
        return Answer(context, start, answer, DashboardJson.Default.TrendHistoryArray);
    }

    // With an ETag of the content, so that an unchanged answer is a 304 without a body; and with Server-Timing, which browsers display.
    private static IResult Answer<T>(HttpContext context, long start, T answer, JsonTypeInfo<T> type)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(answer, type);
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(json).AsSpan(0, 16))}\"";
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers["Server-Timing"] = string.Create(CultureInfo.InvariantCulture, $"history;dur={Stopwatch.GetElapsedTime(start).TotalMilliseconds:0.00}");
        return Results.Bytes(json, "application/json", entityTag: new(tag, isWeak: true));
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
