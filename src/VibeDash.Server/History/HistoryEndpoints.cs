using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using VibeDash.Client.Live;
using VibeDash.Core.Contract;
using VibeDash.Core.Faults;
using VibeDash.Core.People;
using VibeDash.Core.Trends;
using VibeDash.Server.Refusals;
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
            .Requires(Permission.View)
            .Produces<TrendHistory>().Refuses(RefusalCode.InvalidInput, RefusalCode.SensorUnknown)
            .WithTags("History")
            .WithSummary("The readings of a sensor between two times, both inclusive, or until now, as at most `points` buckets of minimum, maximum, mean and count.");
        api.MapGet("history", ReadSeveralAsync)
            .Requires(Permission.View)
            .Produces<TrendHistory[]>().Refuses(RefusalCode.InvalidInput)
            .WithTags("History")
            .WithSummary("The same for several sensors (repeat `sensor`), in the order of the request, without unknown sensors.");
        return api;
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> ReadAsync(
        string sensorId, HttpContext context, IHistoryApi histories, TimeProvider time, DateTimeOffset from, DateTimeOffset? to, CancellationToken cancelled, int points = 300)
    {
        var start = Stopwatch.GetTimestamp();
        var faults = Faults(from, to, time, points);
        if (faults.Count > 0)
            return faults.Problem();
        return await histories.GetHistoryAsync(sensorId, from.ToUniversalTime(), to?.ToUniversalTime(), points, cancelled) is { } history
            ? Answer(context, start, history, DashboardJson.Default.TrendHistory)
            : Refusal.Of(RefusalCode.SensorUnknown, sensorId).Problem();
    }

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> ReadSeveralAsync(
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
        var faults = Faults(from, to, time, points);
        if (sensors.Length is 0 or > TrendHistory.MaximumSensors)
            faults.Add(FieldFault.Of("sensor", FaultCode.TimesNotInRange, 1, TrendHistory.MaximumSensors));
        if (faults.Count > 0)
            return faults.Problem();
        var answer = await histories.GetHistoriesAsync(sensors, from.ToUniversalTime(), to?.ToUniversalTime(), points, cancelled);
        return Answer(context, start, answer, DashboardJson.Default.TrendHistoryArray);
    }

    // With an ETag of the content, so that an unchanged answer is a 304 without a body; and with Server-Timing, which browsers display.
    private static FileContentHttpResult Answer<T>(HttpContext context, long start, T answer, JsonTypeInfo<T> type)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(answer, type);
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(json).AsSpan(0, 16))}\"";
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers["Server-Timing"] = string.Create(CultureInfo.InvariantCulture, $"history;dur={Stopwatch.GetElapsedTime(start).TotalMilliseconds:0.00}");
        return TypedResults.Bytes(json, "application/json", entityTag: new(tag, isWeak: true));
    }

    private static List<FieldFault> Faults(DateTimeOffset from, DateTimeOffset? to, TimeProvider time, int points)
    {
        var faults = new List<FieldFault>();
        QueryTime.Check("to", to, faults);
        if (from >= (to ?? time.GetUtcNow()))
            faults.Add(FieldFault.Of("from", FaultCode.EndNotAfterStart));
        if (points is < 2 or > HistoryReader.MaximumPoints)
            faults.Add(FieldFault.Of("points", FaultCode.NotInRange, 2, HistoryReader.MaximumPoints));
        return faults;
    }
}
