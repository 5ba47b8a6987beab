using System.Buffers;
using System.Text.Json;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Payloads;

/// <summary>Normalises a CloudEvent from any mode to structured JSON with JSON data.</summary>
internal static class CloudEventEnvelope
{
    private const string MediaType = "application/cloudevents";
    private const string SpecVersion = "specversion";
    private const string Data = "data";
    private const string Data64 = "data_base64";
    private const string DataContentType = "datacontenttype";
    private static readonly string[] Needed = [SpecVersion, "id", "source", "type"];

    /// <summary>Opens a validated event.</summary>
    public static JsonDocument Open(SourceMessage message)
    {
        var document = IsBinary(message) ? OpenBinary(message) : JsonProfile.Open(message.Payload);
        try
        {
            Check(document.RootElement);
            if (!document.RootElement.TryGetProperty(Data64, out var encoded) || encoded.ValueKind == JsonValueKind.Null)
                return document;
            using (document)
                return OpenEncoded(document.RootElement, encoded);
        }
        catch
        {
            document.Dispose();
            throw;
        }
    }

    // The binding distinguishes the modes by content type. MQTT 3.1.1 has neither content type nor user properties: structured.
    private static bool IsBinary(SourceMessage message) =>
        message.ContentType?.StartsWith(MediaType, StringComparison.OrdinalIgnoreCase) != true
        && message.UserProperties.Any(property => property.Key == SpecVersion);

    private static void Check(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw new RejectedException(RejectionReason.MalformedJson, "The payload is not a CloudEvent: not a JSON object.");
        foreach (var name in Needed)
        {
            if (!root.TryGetProperty(name, out var attribute) || attribute.ValueKind == JsonValueKind.Null)
                throw EventRules.Missing(name);
            if (attribute.ValueKind != JsonValueKind.String)
                throw new RejectedException(RejectionReason.InvalidField, $"{name} must be a string.");
            EventRules.Required(attribute.GetString(), name);
        }

        if (!root.GetProperty(SpecVersion).ValueEquals("1.0"u8))
            throw new RejectedException(RejectionReason.InvalidField, "specversion must be 1.0.");
    }

    private static JsonDocument OpenBinary(SourceMessage message)
    {
        EventRules.Size(message.Payload.Length);
        return Write(message.ContentType, message.Payload.Span, json =>
        {
            foreach (var (name, value) in message.UserProperties)
            {
                if (name is not (Data or Data64 or DataContentType))
                    json.WriteString(name, value);
            }

            if (message.ContentType is { } contentType)
                json.WriteString(DataContentType, contentType);
        });
    }

    private static JsonDocument OpenEncoded(JsonElement root, JsonElement encoded)
    {
        if (encoded.ValueKind != JsonValueKind.String || !encoded.TryGetBytesFromBase64(out var data))
            throw new RejectedException(RejectionReason.InvalidField, $"{Data64} must be a Base64 string.");
        var contentType = root.TryGetProperty(DataContentType, out var named) && named.ValueKind == JsonValueKind.String ? named.GetString() : null;
        return Write(contentType, data, json =>
        {
            foreach (var member in root.EnumerateObject())
            {
                if (member.Name is not (Data or Data64))
                    member.WriteTo(json);
            }
        });
    }

    private static JsonDocument Write(string? contentType, ReadOnlySpan<byte> data, Action<Utf8JsonWriter> writeAttributes)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { MaxDepth = 32 }))
        {
            json.WriteStartObject();
            writeAttributes(json);
            EventRules.Size((int)json.BytesPending);
            var text = EventRules.Utf8Text(data);
            if (text.Length > 0)
            {
                json.WritePropertyName(Data);
                if (IsJson(contentType))
                    json.WriteRawValue(text);
                else
                    json.WriteStringValue(text);
            }

            json.WriteEndObject();
        }

        return JsonDocument.Parse(buffer.WrittenMemory, new JsonDocumentOptions { MaxDepth = 32 });
    }

    // The default is JSON.
    private static bool IsJson(string? contentType)
    {
        var mediaType = (contentType ?? "").Split(';')[0].Trim();
        return mediaType.Length == 0
            || mediaType.EndsWith("/json", StringComparison.OrdinalIgnoreCase)
            || mediaType.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }
}
