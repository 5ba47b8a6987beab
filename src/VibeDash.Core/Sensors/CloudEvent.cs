using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace VibeDash.Core.Sensors;

/// <summary>Reads CloudEvents 1.0 in structured mode (JSON). Pure; nothing in a payload makes it throw.</summary>
public static class CloudEvent
{
    /// <summary>Takes the data out of an envelope. The envelope is checked for what the specification requires, and not used otherwise.</summary>
    /// <param name="payload">One CloudEvent as UTF-8 JSON.</param>
    /// <param name="data">The bytes of <c>data</c> as they were sent, or of <c>data_base64</c> decoded, when true is returned.</param>
    /// <param name="rejection">What is wrong with the envelope, when false is returned.</param>
    public static bool TryReadData(ReadOnlySpan<byte> payload, [NotNullWhen(true)] out byte[]? data, [NotNullWhen(false)] out Rejection? rejection)
    {
        data = null;
        if (payload.Length > VibrationEventParser.MaximumPayloadBytes)
        {
            rejection = new(
                RejectionReason.PayloadTooLarge, $"The CloudEvent has {payload.Length:N0} bytes; the limit is {VibrationEventParser.MaximumPayloadBytes:N0}.");
            return false;
        }

        try
        {
            rejection = Read(payload, out data);
        }
        catch (JsonException malformed)
        {
            rejection = new(RejectionReason.MalformedJson, $"Not valid JSON at byte {malformed.BytePositionInLine} of line {malformed.LineNumber + 1}.");
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate written as \uD800, or bytes that are not UTF-8.
            rejection = new(RejectionReason.InvalidEncoding, "The CloudEvent holds text that is not Unicode.");
        }

        return rejection is null;
    }

    private static Rejection? Read(ReadOnlySpan<byte> payload, out byte[]? data)
    {
        data = null;
        byte[]? base64 = null;
        string? specVersion = null, id = null, source = null, type = null;
        var json = new Utf8JsonReader(payload);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            return new(RejectionReason.MalformedJson, "The CloudEvent is not a JSON object.");
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("specversion"u8)) specVersion = Text(ref json);
            else if (json.ValueTextEquals("id"u8)) id = Text(ref json);
            else if (json.ValueTextEquals("source"u8)) source = Text(ref json);
            else if (json.ValueTextEquals("type"u8)) type = Text(ref json);
            else if (json.ValueTextEquals("data"u8)) data = Value(payload, ref json);
            else if (json.ValueTextEquals("data_base64"u8))
            {
                json.Read();
                if (json.TokenType != JsonTokenType.Null && !(json.TokenType == JsonTokenType.String && json.TryGetBytesFromBase64(out base64)))
                    return new(RejectionReason.InvalidField, "data_base64 must be a string of Base64.");
            }
            else
            {
                json.Read();
                json.Skip();
            }
        }

        if (data is not null && base64 is not null)
            return new(RejectionReason.InvalidField, "The CloudEvent has both data and data_base64.");
        data ??= base64;
        if (specVersion is not null and not "1.0")
            return new(RejectionReason.InvalidField, "specversion must be 1.0.");
        foreach (var (name, value) in new[] { ("specversion", specVersion), ("id", id), ("source", source), ("type", type) })
        {
            if (string.IsNullOrWhiteSpace(value))
                return new(RejectionReason.MissingField, $"The CloudEvent's {name} is missing, blank, or no string.");
        }

        return data is null ? new(RejectionReason.MissingField, "The CloudEvent's data is missing.") : null;
    }

    private static string? Text(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.String)
            return json.GetString();
        json.Skip();
        return null;
    }

    private static byte[]? Value(ReadOnlySpan<byte> payload, ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null)
            return null;
        var start = (int)json.TokenStartIndex;
        json.Skip();
        return payload[start..(int)json.BytesConsumed].ToArray();
    }
}
