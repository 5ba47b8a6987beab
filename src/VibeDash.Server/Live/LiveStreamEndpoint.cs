using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using VibeDash.Core.Contract;
using VibeDash.Core.Faults;
using VibeDash.Core.People;
using VibeDash.Core.Readings;
using VibeDash.Server.Alerts;
using VibeDash.Server.People;
using VibeDash.Server.Refusals;
using VibeDash.Server.Status;
using VibeDash.Server.Web;

namespace VibeDash.Server.Live;

/// <summary>Live messages as server-sent events.</summary>
internal static class LiveStreamEndpoint
{
    /// <summary>Maximum alert changes sent to a resuming reader; beyond it, the reader is told to fetch a snapshot.</summary>
    public const int MaximumResumed = 1000;

    // Keeps events small for simple clients.
    private const int ChangesPerEvent = 100;

    private const string RetryAfterSeconds = "10";

    /// <summary>Maps <c>live</c>.</summary>
    public static RouteGroupBuilder MapLiveStream(this RouteGroupBuilder api)
    {
        api.MapGet("live", StreamAsync)
            .Requires(Permission.View)
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream")
            .Refuses(RefusalCode.InvalidInput, RefusalCode.TooManyReaders)
            .WithTags("Live")
            .WithSummary("The live messages as server-sent events, for clients without SignalR. 503 when the connection limit is reached.")
            .WithDescription(
                $"""
                Events: `ticks` (readings, at most four times a second, coalesced), `sensors` (new ones, changed facts), `removed` (ids of sensors that are no more), `alerts` (alert changes, at once),
                `notes` (the journal of notes, at once), `status` (the server's state), each with the JSON that the hub sends. Open the stream, then fetch `fleet`, then merge by sequence and journal
                position. `sensorId` limits the ticks to one sensor; the other events are those of all.

                A reader too slow for its ticks misses some, which it sees by their sequence numbers. Alert changes are never left out: their `id` is the journal
                position, and who comes back with `Last-Event-ID` first gets those it missed. If they are more than {MaximumResumed:N0}, it gets the event `reset` instead
                and has to fetch `fleet` anew; notes it asks for in any case. A reader too slow for alert changes is disconnected, and resumes so. A comment comes every
                {LiveStream.HeartbeatInterval.TotalSeconds:0} seconds. At most {RequestLimits.StreamsEach} connections of a person or key, and {LiveStreams.Maximum} of all.
                """);
        return api;
    }

    private static async Task<Results<EmptyHttpResult, ProblemHttpResult>> StreamAsync(
        HttpContext context,
        LiveStreams streams,
        LiveState live,
        AlertReader alerts,
        ServerStatusReader reader,
        SignIns signIns,
        TimeProvider time,
        IHostApplicationLifetime lifetime,
        string? sensorId = null)
    {
        if (sensorId is not null && !SensorId.IsValid(sensorId))
            return Refusal.Invalid(FieldFault.Of("sensorId", FaultCode.SensorIdInvalid, SensorId.MaximumLength)).Problem();

        // Subscribe before reading the position: later commits are offered, earlier ones are in the journal.
        var limit = Sight.Of(context.User).Limit;
        if (streams.Open(sensorId, limit) is not { } stream)
        {
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
            return Refusal.Of(RefusalCode.TooManyReaders, LiveStreams.Maximum).Problem();
        }

        using var signIn = signIns.Add(context.User, context.Abort);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            var position = live.JournalPosition;
            var missed = await MissedAsync(context.Request.Headers["Last-Event-ID"], position, alerts, limit is not null, ended.Token);

            context.Response.ContentType = "text/event-stream";
            context.Response.Headers.CacheControl = "no-store";
            context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            var output = context.Response.BodyWriter;
            foreach (var frame in missed)
                await output.WriteAsync(frame.Bytes, ended.Token);

            // The position is its id, so that a reader can resume before it has received an alert change.
            await output.WriteAsync(LiveFrame.Of(limit is null ? reader.Read() : reader.Read().AtPlaces(), position).Bytes, ended.Token);
            await stream.WriteAsync(output, position, () => live.JournalPosition, time, ended.Token);
        }
        catch (OperationCanceledException)
        {
            // A reader that does not accept data would keep the request, and a shutdown of the server, from completing.
            context.Abort();
        }
        finally
        {
            streams.Close(stream);
        }

        return TypedResults.Empty;
    }

    /// <summary>Events for the journal entries between <paramref name="lastEventId"/> and <paramref name="position"/>.</summary>
    private static async Task<IEnumerable<LiveFrame>> MissedAsync(string? lastEventId, long position, AlertReader alerts, bool isLimited, CancellationToken cancelled)
    {
        if (string.IsNullOrEmpty(lastEventId))
            return [];

        // The journal never issued this id: the reader knows another database.
        // And the journal does not tell which sensors came to the places of a limited reader meanwhile, or left them.
        if (isLimited || !long.TryParse(lastEventId, NumberStyles.None, CultureInfo.InvariantCulture, out var seen) || seen > position || position - seen > MaximumResumed)
            return [LiveFrame.Reset(position)];
        var changes = await alerts.ChangesAsync(seen, position, MaximumResumed, cancelled);
        return changes.Chunk(ChangesPerEvent).Select(LiveFrame.Of);
    }
}
