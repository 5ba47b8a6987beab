using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Microsoft.Net.Http.Headers;
using VibeDash.Core.Contract;
using VibeDash.Core.Readings;

namespace VibeDash.Server.HttpEvents;

/// <summary>Reads the events in a request body, according to its content type.</summary>
internal static class PostedBody
{
    /// <summary>An event, or an array of them.</summary>
    public const string Json = "application/json";

    /// <summary>One event per line; blank lines are skipped.</summary>
    public const string JsonLines = "application/x-ndjson";

    /// <summary>A CloudEvent 1.0 with the event as data.</summary>
    public const string CloudEventJson = "application/cloudevents+json";

    /// <summary>An array of CloudEvents 1.0 with events as data.</summary>
    public const string CloudEventBatchJson = "application/cloudevents-batch+json";

    /// <summary>The content types above.</summary>
    public static readonly string[] ContentTypes = [Json, JsonLines, CloudEventJson, CloudEventBatchJson];

    /// <summary>Maximum length of a body, in bytes.</summary>
    public const int MaximumBytes = 16 * 1024 * 1024;

    /// <summary>One of the content types above; null for any other, a charset other than UTF-8, or a compressed body.</summary>
    public static string? Shape(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        && request.Headers.ContentEncoding.Count == 0
            ? ContentTypes.FirstOrDefault(known => type.MediaType.Equals(known, StringComparison.OrdinalIgnoreCase))
            : null;

    /// <summary>Reads the whole body into <paramref name="events"/>.</summary>
    /// <exception cref="RefusedBodyException">The body is malformed, or has too many events.</exception>
    /// <exception cref="BadHttpRequestException">The body is too long or ends early; see its status code.</exception>
    public static async Task ReadAsync(HttpRequest request, string shape, PostedEvents events, CancellationToken cancellationToken)
    {
        if (shape == JsonLines)
        {
            await ReadLinesAsync(request.BodyReader, events, cancellationToken);
            return;
        }

        using var body = new MemoryStream((int)(request.ContentLength ?? 0));
        await request.Body.CopyToAsync(body, cancellationToken);
        try
        {
            ReadJson(body.GetBuffer().AsSpan(0, (int)body.Length), shape, events);
        }
        catch (JsonException malformed)
        {
            throw new RefusedBodyException(Refusal.Of(RefusalCode.BodyMalformed, (malformed.LineNumber ?? 0) + 1, malformed.BytePositionInLine ?? 0), malformed);
        }
    }

    private static void ReadJson(ReadOnlySpan<byte> body, string shape, PostedEvents events)
    {
        if (body.StartsWith(Encoding.UTF8.Preamble))
            body = body[Encoding.UTF8.Preamble.Length..];
        Action<byte[]> add = shape == Json ? events.Add : events.AddCloudEvent;
        var json = new Utf8JsonReader(body);
        json.Read();
        if (json.TokenType == JsonTokenType.StartObject && shape != CloudEventBatchJson)
        {
            add(Next(body, ref json));
        }
        else if (json.TokenType == JsonTokenType.StartArray && shape != CloudEventJson)
        {
            while (json.Read() && json.TokenType != JsonTokenType.EndArray)
                add(Next(body, ref json));
        }
        else
        {
            throw new RefusedBodyException(Refusal.Of(RefusalCode.BodyOfOtherForm, shape));
        }

        // Throws when more data follows.
        json.Read();
    }

    private static byte[] Next(ReadOnlySpan<byte> body, ref Utf8JsonReader json)
    {
        var start = (int)json.TokenStartIndex;
        json.Skip();
        return body[start..(int)json.BytesConsumed].ToArray();
    }

    /// <summary>Reads line by line. Of a line too long for an event, only the start is kept while its end is sought.</summary>
    private static async Task ReadLinesAsync(PipeReader body, PostedEvents events, CancellationToken cancellationToken)
    {
        byte[]? longLine = null;
        var longLineBytes = 0L;
        while (true)
        {
            var read = await body.ReadAsync(cancellationToken);
            var rest = read.Buffer;
            try
            {
                while (rest.PositionOf((byte)'\n') is { } end)
                {
                    EndLine(rest.Slice(0, end));
                    rest = rest.Slice(rest.GetPosition(1, end));
                }

                if (read.IsCompleted)
                    EndLine(rest);
            }
            catch (RefusedBodyException)
            {
                // Otherwise the server cannot read past the rest of the body: it would log a fault with its stack, and close the connection.
                body.AdvanceTo(read.Buffer.End);
                throw;
            }

            if (read.IsCompleted)
            {
                body.AdvanceTo(rest.End);
                return;
            }

            if (longLine is not null || rest.Length > VibrationEventParser.MaximumPayloadBytes)
            {
                longLine ??= rest.Slice(0, DeadLetter.MaximumPayloadLength).ToArray();
                longLineBytes += rest.Length;
                rest = rest.Slice(rest.End);
            }

            body.AdvanceTo(rest.Start, rest.End);
        }

        void EndLine(ReadOnlySequence<byte> line)
        {
            if (longLine is not null)
            {
                events.AddRejected(longLine, longLineBytes + line.Length, new(
                    RejectionReason.PayloadTooLarge,
                    $"The line has {longLineBytes + line.Length:N0} bytes; the limit is {VibrationEventParser.MaximumPayloadBytes:N0}."));
                (longLine, longLineBytes) = (null, 0);
            }
            else if (line.ToArray() is var payload && payload.AsSpan().ContainsAnyExcept(" \t\r"u8))
            {
                events.Add(payload);
            }
        }
    }
}
