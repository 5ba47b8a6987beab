using System.Globalization;
using VibeDash.Client.Live;
using VibeDash.Core.Sensors;

namespace VibeDash.Server.Export;

/// <summary>Readings and alert journals as files.</summary>
internal static class ExportEndpoints
{
    /// <summary>Header that tells how many rows to expect.</summary>
    public const string ExpectedRows = "X-Total-Count";

    // As many buckets as an answer of the history may have: their counts are how many readings there are.
    private const int CountPoints = 2000;

    private const string RetryAfterSeconds = "10";

    /// <summary>Registers what reads tables from end to end.</summary>
    public static IServiceCollection AddExport(this IServiceCollection services) =>
        services.AddSingleton<ReadingBatches>().AddSingleton<JournalStream>().AddSingleton<ExportSlots>();

    /// <summary>Maps <c>sensors/{sensorId}/readings.csv</c>, <c>alerts/journal.csv</c>, and the same as <c>.ndjson</c>.</summary>
    public static RouteGroupBuilder MapExport(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("").WithTags("Export");
        foreach (var (format, type) in new[] { ("csv", "text/csv"), ("ndjson", "application/x-ndjson") })
        {
            var csv = format == "csv";
            group.MapGet($"sensors/{{sensorId}}/readings.{format}", (
                    string sensorId, IDashboardApi dashboard, ReadingBatches readings, ExportSlots slots, TimeProvider time, HttpResponse response, CancellationToken cancelled, DateTimeOffset? from = null, DateTimeOffset? to = null) =>
                    ReadingsAsync(csv, sensorId, From(from), To(to, time), dashboard, readings, slots, response, cancelled))
                .Produces<string>(StatusCodes.Status200OK, type)
                .ProducesValidationProblem().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable)
                .WithSummary($"All readings of a sensor, or with `from` and `to` those between two times, both inclusive, as {format.ToUpperInvariant()}. `{ExpectedRows}` tells how many to expect.");
            group.MapGet($"alerts/journal.{format}", (
                    JournalStream journal, ExportSlots slots, TimeProvider time, HttpResponse response, CancellationToken cancelled, DateTimeOffset? from = null, DateTimeOffset? to = null, string? sensor = null) =>
                    JournalAsync(csv, From(from), To(to, time), sensor, journal, slots, response, cancelled))
                .Produces<string>(StatusCodes.Status200OK, type)
                .ProducesValidationProblem().ProducesProblem(StatusCodes.Status503ServiceUnavailable)
                .WithSummary($"The journal of all alerts, or of one sensor's, as {format.ToUpperInvariant()}. `{ExpectedRows}` tells how many entries to expect.");
        }

        return api;
    }

    private static async Task<IResult> ReadingsAsync(
        bool csv,
        string sensorId,
        DateTimeOffset from,
        DateTimeOffset to,
        IDashboardApi dashboard,
        ReadingBatches readings,
        ExportSlots slots,
        HttpResponse response,
        CancellationToken cancelled)
    {
        if (from >= to)
            return Backwards();
        if (slots.TryTake() is not { } slot)
            return Busy(response);
        try
        {
            if (await dashboard.GetHistoryAsync(sensorId, from, to, CountPoints, cancelled) is { } history)
                return Export(readings.Between(sensorId, from, to), ReadingTable.Columns, ReadingTable.Write, csv, $"{sensorId} {Day(from)} to {Day(to)}", history.Buckets.Sum(bucket => bucket.Count), slot);
        }
        catch
        {
            slot.Dispose();
            throw;
        }

        slot.Dispose();
        return Results.Problem($"There is no sensor {sensorId}.", statusCode: StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> JournalAsync(
        bool csv, DateTimeOffset from, DateTimeOffset to, string? sensorId, JournalStream journal, ExportSlots slots, HttpResponse response, CancellationToken cancelled)
    {
        if (from >= to)
            return Backwards();
        if (slots.TryTake() is not { } slot)
            return Busy(response);
        try
        {
            var expected = await journal.CountAsync(sensorId, from, to, cancelled);
            return Export(journal.Batches(sensorId, from, to), JournalTable.Columns, JournalTable.Write, csv, $"Alert journal{(sensorId is null ? "" : $" of {sensorId}")}", expected, slot);
        }
        catch
        {
            slot.Dispose();
            throw;
        }
    }

    private static ExportResult<T> Export<T>(
        IEnumerable<IReadOnlyList<T>> batches, IReadOnlyList<RowColumn> columns, Action<RowWriter, T> write, bool csv, string name, long expected, IDisposable slot) =>
        new(batches, columns, write, csv, name.Replace(':', '-'), expected, slot);

    // Without a bound: all there is.
    private static DateTimeOffset From(DateTimeOffset? from) => from?.ToUniversalTime() ?? VibrationEventParser.EarliestTimestamp;

    private static DateTimeOffset To(DateTimeOffset? to, TimeProvider time) => to?.ToUniversalTime() ?? time.GetUtcNow() + VibrationEventParser.MaximumLead;

    private static string Day(DateTimeOffset time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static IResult Backwards() => Results.ValidationProblem(new Dictionary<string, string[]> { ["from"] = ["Must be before 'to'."] });

    private static IResult Busy(HttpResponse response)
    {
        response.Headers.RetryAfter = RetryAfterSeconds;
        return Results.Problem($"{ExportSlots.Maximum} exports are under way already.", statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
