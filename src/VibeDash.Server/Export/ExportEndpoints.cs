using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Contract;
using VibeDash.Core.Faults;
using VibeDash.Core.People;
using VibeDash.Core.Readings;
using VibeDash.Server.Refusals;
using VibeDash.Server.Storage;
using VibeDash.Server.Storage.Ranges;
using VibeDash.Server.Storage.Segments;

namespace VibeDash.Server.Export;

/// <summary>Export of readings and alert journals as files.</summary>
internal static class ExportEndpoints
{
    /// <summary>Header with the expected number of rows.</summary>
    public const string ExpectedRows = "X-Total-Count";

    private const string RetryAfterSeconds = "10";

    /// <summary>Registers the export services.</summary>
    public static IServiceCollection AddExport(this IServiceCollection services) =>
        services.AddSingleton<JournalStream>().AddSingleton<ExportSlots>();

    /// <summary>Maps <c>sensors/{sensorId}/readings.csv</c>, <c>alerts/journal.csv</c>, and both as <c>.ndjson</c>.</summary>
    public static RouteGroupBuilder MapExport(this RouteGroupBuilder api)
    {
        var group = api.MapGroup("").WithTags("Export").Requires(Permission.View);
        foreach (var (format, type) in new[] { ("csv", "text/csv"), ("ndjson", "application/x-ndjson") })
        {
            var csv = format == "csv";
            group.MapGet($"sensors/{{sensorId}}/readings.{format}", (
                    string sensorId, IDbContextFactory<VibeDashContext> contexts, ReadingStream readings, ExportSlots slots, TimeProvider time, ClaimsPrincipal caller, HttpResponse response, CancellationToken cancelled, DateTimeOffset? from = null, DateTimeOffset? to = null) =>
                    ReadingsAsync(csv, sensorId, Sight.Of(caller), From(from), To(to, time), contexts, readings, slots, response, cancelled))
                .Produces<string>(StatusCodes.Status200OK, type).Refuses(RefusalCode.InvalidInput, RefusalCode.SensorUnknown, RefusalCode.TooManyExports)
                .WithSummary($"All readings of a sensor, or those between `from` and `to`, both inclusive, as {format.ToUpperInvariant()}. `{ExpectedRows}` is the approximate number of rows.");
            group.MapGet($"alerts/journal.{format}", (
                    JournalStream journal, ExportSlots slots, TimeProvider time, ClaimsPrincipal caller, HttpResponse response, CancellationToken cancelled, DateTimeOffset? from = null, DateTimeOffset? to = null, string? sensor = null) =>
                    JournalAsync(csv, From(from), To(to, time), sensor, Sight.Of(caller).Limit, journal, slots, response, cancelled))
                .Produces<string>(StatusCodes.Status200OK, type).Refuses(RefusalCode.InvalidInput, RefusalCode.TooManyExports)
                .WithSummary($"The journal of all alerts, or of one sensor's, as {format.ToUpperInvariant()}. `{ExpectedRows}` is the number of entries.");
        }

        return api;
    }

    private static async Task<Results<ExportResult<ReadingColumns>, ProblemHttpResult>> ReadingsAsync(
        bool csv,
        string sensorId,
        Sight sight,
        DateTimeOffset from,
        DateTimeOffset to,
        IDbContextFactory<VibeDashContext> contexts,
        ReadingStream readings,
        ExportSlots slots,
        HttpResponse response,
        CancellationToken cancelled)
    {
        if (from >= to)
            return Backwards();
        if (await KeyAsync(contexts, sensorId, sight, cancelled) is not { } key)
            return Refusal.Of(RefusalCode.SensorUnknown, sensorId).Problem();
        return await HoldingAsync(slots, response, slot => Task.FromResult(new ExportResult<ReadingColumns>(
            readings.Read(key, from, to), columns => columns.Count, ReadingTable.Columns, (row, columns, i) => ReadingTable.Write(row, sensorId, columns, i), csv,
            FileName(from == VibrationEventParser.EarliestTimestamp ? $"{sensorId} to {Day(to)}" : $"{sensorId} {Day(from)} to {Day(to)}"), readings.Count(key, from, to), slot)));
    }

    private static async Task<Results<ExportResult<IReadOnlyList<JournalEntry>>, ProblemHttpResult>> JournalAsync(
        bool csv, DateTimeOffset from, DateTimeOffset to, string? sensorId, PlaceLimit? limit, JournalStream journal, ExportSlots slots, HttpResponse response, CancellationToken cancelled)
    {
        if (from >= to)
            return Backwards();
        return await HoldingAsync(slots, response, async slot => new ExportResult<IReadOnlyList<JournalEntry>>(
            journal.Batches(sensorId, from, to, limit), batch => batch.Count, JournalTable.Columns, (row, batch, i) => JournalTable.Write(row, batch[i]), csv,
            FileName($"Alert journal{(sensorId is null ? "" : $" of {sensorId}")}"), await journal.CountAsync(sensorId, from, to, limit, cancelled), slot));
    }

    /// <summary>On success, the result owns the slot.</summary>
    private static async Task<Results<ExportResult<T>, ProblemHttpResult>> HoldingAsync<T>(ExportSlots slots, HttpResponse response, Func<IDisposable, Task<ExportResult<T>>> export)
    {
        if (slots.TryTake() is not { } slot)
        {
            response.Headers.RetryAfter = RetryAfterSeconds;
            return Refusal.Of(RefusalCode.TooManyExports, ExportSlots.Maximum).Problem();
        }

        try
        {
            return await export(slot);
        }
        catch
        {
            slot.Dispose();
            throw;
        }
    }

    private static async Task<int?> KeyAsync(IDbContextFactory<VibeDashContext> contexts, string sensorId, Sight sight, CancellationToken cancelled)
    {
        await using var context = await contexts.CreateDbContextAsync(cancelled);
        var found = await context.Sensors.Where(sensor => sensor.SensorId == sensorId).Select(sensor => new { sensor.Key, sensor.Location }).FirstOrDefaultAsync(cancelled);
        return found is not null && sight.Includes(found.Location) ? found.Key : null;
    }

    private static string FileName(string name) => name.Replace(':', '-');

    // Default: everything stored.
    private static DateTimeOffset From(DateTimeOffset? from) => from?.ToUniversalTime() ?? VibrationEventParser.EarliestTimestamp;

    private static DateTimeOffset To(DateTimeOffset? to, TimeProvider time) => to?.ToUniversalTime() ?? time.GetUtcNow() + VibrationEventParser.MaximumLead;

    private static string Day(DateTimeOffset time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static ProblemHttpResult Backwards() => Refusal.Invalid(FieldFault.Of("from", FaultCode.EndNotAfterStart)).Problem();
}
