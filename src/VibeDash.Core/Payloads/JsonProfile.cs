using System.Text.Json;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Payloads;

/// <summary>Messages are JSON of any form; readings are found by paths.</summary>
public sealed class JsonProfile(JsonShape shape) : PayloadProfile
{
    /// <inheritdoc/>
    public override string Name => "Json";

    /// <inheritdoc/>
    public override string Settings => shape.Words();

    private protected override ReadingOutcome[] Read(SourceMessage message, TopicValues topic, DateTimeOffset receivedAt)
    {
        using var document = Open(message.Payload);
        return new JsonReadings(shape, document.RootElement, message, topic, receivedAt).Read();
    }

    /// <summary>Opens a payload that is UTF-8 JSON.</summary>
    internal static JsonDocument Open(ReadOnlyMemory<byte> payload)
    {
        var text = EventRules.Utf8Text(payload.Span);
        return JsonDocument.Parse(payload[^text.Length..], new JsonDocumentOptions { MaxDepth = 32 });
    }
}
