using System.Globalization;
using System.Threading.Channels;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.HttpResults;
using VibeDash.Core.Contract;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Refusals;

namespace VibeDash.Server.HttpEvents;

/// <summary>Event source for HTTP clients. Answers after the commit, or with the time to retry. Thread-safe.</summary>
internal sealed class EventIntake(EventQueue queue, PipelineStatus status, TimeProvider time) : IDisposable
{
    // Bounds the memory of concurrent requests, in units of 64 KiB of body: four of the maximum length, or 1,024 small ones. A request without
    // Content-Length counts as one of the maximum length.
    private const int BytesPerPermit = 64 * 1024;
    private const int PermitsOfMaximumBody = PostedBody.MaximumBytes / BytesPerPermit;

    // Time limit for receiving the body; a slower sender would block others.
    private static readonly TimeSpan BodyTimeout = TimeSpan.FromSeconds(30);

    // Time limit for a slot, and then for room in the queue.
    private static readonly TimeSpan RoomTimeout = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan CommitTimeout = TimeSpan.FromSeconds(10);

    private readonly ConcurrencyLimiter _room = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = 4 * PermitsOfMaximumBody,
        QueueLimit = 8 * PermitsOfMaximumBody,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <inheritdoc/>
    public void Dispose() => _room.Dispose();

    /// <summary>Handles a request that posts events.</summary>
    public async Task<IResult> PostAsync(HttpContext context)
    {
        var (request, cancelled) = (context.Request, context.RequestAborted);
        if (PostedBody.Shape(request) is not { } shape)
            return new Refusal(RefusalCode.ContentTypeUnsupported, PostedBody.ContentTypes).Problem();
        if (request.ContentLength > PostedBody.MaximumBytes)
            return Refusal.Of(RefusalCode.BodyTooLong, PostedBody.MaximumBytes).Problem();
        if (status.StorageFault is not null)
            return TryLater(context);

        try
        {
            using var room = await RoomAsync(request, cancelled);
            if (!room.IsAcquired)
                return TryLater(context);

            var events = await ReadAsync(request, shape, cancelled);
            await QueueAsync(events, cancelled);
            var result = await events.ResultAsync().WaitAsync(CommitTimeout, time, cancelled);
            var allRejected = result.Rejected > 0 && result.Rejected == result.Items.Length;
            return Results.Json(
                result,
                DashboardJson.Default.EventsResult,
                statusCode: allRejected ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status202Accepted);
        }
        catch (RefusedBodyException refused)
        {
            return refused.Refusal.Problem();
        }
        catch (BadHttpRequestException bad) when (EmptyAnswers.Of(context, bad.StatusCode) is { } refusal)
        {
            return refusal.Problem();
        }
        catch (Exception late) when (late is OperationCanceledException or TimeoutException or ChannelClosedException && !cancelled.IsCancellationRequested)
        {
            return TryLater(context);
        }
    }

    private async Task<RateLimitLease> RoomAsync(HttpRequest request, CancellationToken cancelled)
    {
        using var timeout = TimeoutSource(RoomTimeout, cancelled);
        var bytes = request.ContentLength ?? PostedBody.MaximumBytes;
        return await _room.AcquireAsync((int)Math.Clamp(bytes / BytesPerPermit, 1, PermitsOfMaximumBody), timeout.Token);
    }

    private async Task<PostedEvents> ReadAsync(HttpRequest request, string shape, CancellationToken cancelled)
    {
        using var timeout = TimeoutSource(BodyTimeout, cancelled);
        var events = new PostedEvents(time.GetUtcNow(), Sight.Of(request.HttpContext.User).Limit);
        try
        {
            await PostedBody.ReadAsync(request, shape, events, timeout.Token);
        }
        catch (OperationCanceledException) when (!cancelled.IsCancellationRequested)
        {
            throw new RefusedBodyException(Refusal.Of(RefusalCode.BodyNotReceived));
        }

        return events;
    }

    private async Task QueueAsync(PostedEvents events, CancellationToken cancelled)
    {
        using var timeout = TimeoutSource(RoomTimeout, cancelled);
        await events.QueueAsync(queue, timeout.Token);
    }

    private static CancellationTokenSource TimeoutSource(TimeSpan timeout, CancellationToken cancelled)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        source.CancelAfter(timeout);
        return source;
    }

    private ProblemHttpResult TryLater(HttpContext context)
    {
        var (refusal, seconds) = status.StorageFault is { } fault
            ? (Refusal.Of(RefusalCode.StorageUnavailable, fault), 5)
            : (Refusal.Of(RefusalCode.ServerBusy), 2);
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return refusal.Problem();
    }
}
