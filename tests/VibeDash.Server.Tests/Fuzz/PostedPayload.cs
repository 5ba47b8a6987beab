using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using VibeDash.Server.HttpEvents;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Refusals;

namespace VibeDash.Server.Tests.Fuzz;

/// <summary>A payload as a request body, in small pieces as delivered by networks.</summary>
internal static class PostedPayload
{
    private const int PieceBytes = 48;

    /// <summary>The fault of the outcome, or null; the rejection of the whole body is a valid outcome.</summary>
    public static async ValueTask<string?> ParseAsync(string contentType, byte[] payload, DateTimeOffset receivedAt)
    {
        var context = new DefaultHttpContext();
        context.Request.ContentType = contentType;
        context.Request.Body = new MemoryStream(payload);
        context.Features.Set<IRequestBodyPipeFeature>(new Pieces(context.Request.Body));
        var events = new PostedEvents(receivedAt);
        try
        {
            await PostedBody.ReadAsync(context.Request, contentType, events, CancellationToken.None);
        }
        catch (RefusedBodyException refused)
        {
            return RefusalStatus.Of(refused.Refusal.Code) is StatusCodes.Status400BadRequest or StatusCodes.Status413PayloadTooLarge ? null : refused.Refusal.Code.ToString();
        }

        var queue = new EventQueue();
        var queueing = events.QueueAsync(queue, CancellationToken.None);
        while (!queueing.IsCompleted || queue.Reader.Count > 0)
        {
            if (Invariants.Fault(queue.Reader, receivedAt) is { } fault)
                return fault;
        }

        await queueing;
        return null;
    }

    private sealed class Pieces(Stream body) : IRequestBodyPipeFeature
    {
        public PipeReader Reader { get; } = PipeReader.Create(body, new(bufferSize: PieceBytes, minimumReadSize: 1));
    }
}
