using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace VibeDash.Core.Readings;

/// <summary>
/// Parses a payload to a <see cref="VibrationEvent"/> or a <see cref="Rejection"/>. Pure; no payload makes it throw.
/// Required are <c>eventId</c>, <c>eventType</c>, <c>timestamp</c>, <c>data.sensorId</c>, <c>data.vibrationLevel</c>,
/// <c>data.baselineVibrationLevel</c> and <c>data.unit</c>; unknown fields are ignored; of a repeated field the last one counts.
/// </summary>
public static class VibrationEventParser
{
    /// <summary>Maximum length of a payload, in bytes. The seed event has about 490.</summary>
    public const int MaximumPayloadBytes = 64 * 1024;

    /// <summary>Maximum length of an event id, in UTF-16 code units.</summary>
    public const int MaximumIdLength = 128;

    /// <summary>Maximum length of a location and other short text, in UTF-16 code units.</summary>
    public const int MaximumTextLength = 256;

    /// <summary>Maximum length of a unit, in UTF-16 code units; a longer one is cut.</summary>
    public const int MaximumUnitLength = 64;

    /// <summary>Maximum lead of a sensor's clock over the server's.</summary>
    public static readonly TimeSpan MaximumLead = TimeSpan.FromMinutes(5);

    /// <summary>Earliest timestamp; an earlier one comes from a clock that was never set.</summary>
    public static readonly DateTimeOffset EarliestTimestamp = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private const string EventType = "VibrationRecorded";
    private const int MaximumMessageLength = 1024;

    /// <summary>Parses <paramref name="payload"/>.</summary>
    /// <param name="payload">UTF-8 JSON, with or without a byte order mark.</param>
    /// <param name="receivedAt">Server time of arrival; upper limit of timestamps.</param>
    /// <param name="vibrationEvent">The event when the result is true.</param>
    /// <param name="rejection">The rejection when the result is false.</param>
    /// <param name="known">Cached texts, or null.</param>
    /// <param name="sign">What becomes of a negative level.</param>
    public static bool TryParse(
        ReadOnlySpan<byte> payload,
        DateTimeOffset receivedAt,
        out VibrationEvent vibrationEvent,
        [NotNullWhen(false)] out Rejection? rejection,
        KnownTexts? known = null,
        LevelSign sign = LevelSign.NotNegative)
    {
        vibrationEvent = default;
        rejection = null;
        try
        {
            vibrationEvent = Parse(payload, receivedAt, known, sign);
            return true;
        }
        catch (RejectedException rejected)
        {
            rejection = rejected.Rejection;
        }
        catch (JsonException malformed)
        {
            rejection = Malformed(malformed);
        }
        catch (InvalidOperationException)
        {
            // A field name with a lone surrogate cannot be compared.
            rejection = new(RejectionReason.InvalidEncoding, "A field name holds an incomplete UTF-16 escape.");
        }

        return false;
    }

    /// <summary>The rejection of malformed JSON.</summary>
    internal static Rejection Malformed(JsonException malformed) =>
        new(RejectionReason.MalformedJson, $"Not valid JSON at byte {malformed.BytePositionInLine} of line {malformed.LineNumber + 1}.");

    private static VibrationEvent Parse(ReadOnlySpan<byte> payload, DateTimeOffset receivedAt, KnownTexts? known, LevelSign sign)
    {
        payload = EventRules.Utf8Text(payload);
        var fields = new Fields { Known = known, ReceivedAt = receivedAt };
        var json = new Utf8JsonReader(payload, new JsonReaderOptions { MaxDepth = 16 });
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            throw new RejectedException(RejectionReason.MalformedJson, "The payload is not a JSON object.");
        ReadEvent(ref json, ref fields);
        if (json.Read())
            throw new RejectedException(RejectionReason.MalformedJson, "Unexpected data after the JSON object.");

        return Check(fields, sign);
    }

    private static void ReadEvent(ref Utf8JsonReader json, ref Fields fields)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("eventId"u8)) fields.EventId = Text(ref json, "eventId", MaximumIdLength, known: null);
            else if (json.ValueTextEquals("eventType"u8)) fields.EventType = Text(ref json, "eventType", MaximumTextLength, fields.Known);
            else if (json.ValueTextEquals("timestamp"u8)) fields.Timestamp = Timestamp(ref json, fields);
            else if (json.ValueTextEquals("source"u8)) fields.Source = Text(ref json, "source", MaximumTextLength, fields.Known);
            else if (json.ValueTextEquals("sensorLocation"u8)) fields.Location = Text(ref json, "sensorLocation", MaximumTextLength, fields.Known);
            else if (json.ValueTextEquals("version"u8)) fields.Version = Text(ref json, "version", MaximumTextLength, fields.Known);
            else if (json.ValueTextEquals("systemMessage"u8)) fields.SystemMessage = Text(ref json, "systemMessage", MaximumMessageLength, fields.Known);
            else if (json.ValueTextEquals("data"u8)) { if (Object(ref json, "data")) ReadData(ref json, ref fields); }
            else if (json.ValueTextEquals("metadata"u8)) { if (Object(ref json, "metadata")) ReadMetadata(ref json, ref fields); }
            else Ignore(ref json);
        }
    }

    private static void ReadData(ref Utf8JsonReader json, ref Fields fields)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("sensorId"u8)) fields.SensorId = Text(ref json, "data.sensorId", int.MaxValue, fields.Known);
            else if (json.ValueTextEquals("vibrationLevel"u8)) fields.Level = Number(ref json, "data.vibrationLevel");
            else if (json.ValueTextEquals("baselineVibrationLevel"u8)) fields.Baseline = Number(ref json, "data.baselineVibrationLevel");
            else if (json.ValueTextEquals("difference"u8)) fields.Difference = Difference(ref json);
            else if (json.ValueTextEquals("unit"u8)) fields.Unit = Unit(ref json, fields.Known);
            else Ignore(ref json);
        }
    }

    private static void ReadMetadata(ref Utf8JsonReader json, ref Fields fields)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("model"u8)) fields.Model = Text(ref json, "metadata.model", MaximumTextLength, fields.Known);
            else if (json.ValueTextEquals("calibrationDate"u8)) fields.CalibrationDate = Text(ref json, "metadata.calibrationDate", MaximumTextLength, fields.Known);
            else Ignore(ref json);
        }
    }

    private static VibrationEvent Check(in Fields fields, LevelSign sign)
    {
        if (EventRules.Required(fields.EventType, "eventType") != EventType)
            throw new RejectedException(RejectionReason.UnknownEventType, $"eventType is not {EventType}.");

        var reading = new Reading(
            EventRules.SensorId(fields.SensorId, "data.sensorId"),
            fields.Timestamp ?? throw new RejectedException(RejectionReason.MissingField, "timestamp is missing or blank."),
            EventRules.Required(fields.EventId, "eventId"),
            EventRules.Level(fields.Level, sign, "data.vibrationLevel"),
            EventRules.Baseline(fields.Baseline, sign, "data.baselineVibrationLevel"),
            EventRules.Required(fields.Unit, "data.unit"));

        // The sender may have subtracted the numbers it sends, or their magnitudes.
        if (fields.Difference is { } difference && difference.Contradicts(reading.Level, reading.Baseline) && difference.Contradicts(fields.Level!.Value, fields.Baseline!.Value))
            reading = reading with { IsSuspect = true };
        var location = fields.Location?.Trim() ?? "";
        var calibrationDate = Date(fields.CalibrationDate);
        var facts = fields.Known?.Facts(reading.SensorId, location, fields.Model, calibrationDate, fields.Source, fields.Version)
            ?? new SensorFacts(location, fields.Model, calibrationDate, fields.Source, fields.Version);
        return new(reading, facts, fields.SystemMessage);
    }

    private static DateOnly? Date(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        if (DateOnly.TryParseExact(text.Length > 10 ? text[..10] : text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return date;
        throw new RejectedException(RejectionReason.InvalidField, "metadata.calibrationDate must be a date such as 2023-06-15.");
    }

    private static string? Text(ref Utf8JsonReader json, string field, int maximumLength, KnownTexts? known)
    {
        var text = ReadText(ref json, field, maximumLength, known, out var isKnown);
        if (text is null || isKnown)
            return text;
        EventRules.Text(text, field, maximumLength);
        known?.Add(text);
        return text;
    }

    private static string? Unit(ref Utf8JsonReader json, KnownTexts? known)
    {
        var text = ReadText(ref json, "data.unit", MaximumUnitLength, known, out var isKnown);
        if (text is null || isKnown)
            return text;
        text = EventRules.Unit(text);
        known?.Add(text);
        return text;
    }

    private static string? ReadText(ref Utf8JsonReader json, string field, int maximumLength, KnownTexts? known, out bool isKnown)
    {
        isKnown = false;
        json.Read();
        if (json.TokenType == JsonTokenType.Null)
            return null;
        if (json.TokenType != JsonTokenType.String)
            throw new RejectedException(RejectionReason.InvalidField, $"{field} must be a string.");

        // A cached text was validated before, but possibly for a field with a higher limit.
        if (known is not null && !json.ValueIsEscaped && known.TryGet(json.ValueSpan, out var text) && text.Length <= maximumLength)
        {
            isKnown = true;
            return text;
        }

        try
        {
            return json.GetString();
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate written as \uD800: valid in JSON, but not in a string.
            throw new RejectedException(RejectionReason.InvalidEncoding, $"{field} holds an incomplete UTF-16 escape.");
        }
    }

    private static DateTimeOffset? Timestamp(ref Utf8JsonReader json, in Fields fields)
    {
        const string Field = "timestamp";

        // Fast path for the usual form; everything else, and its faults, is handled by parsing the text.
        var start = json;
        json.Read();
        if (json.TokenType == JsonTokenType.String && !json.ValueIsEscaped && json.ValueSpan is [.., (byte)'Z'] && json.TryGetDateTimeOffset(out var timestamp))
            return EventRules.InBounds(timestamp, Field, fields.ReceivedAt);
        json = start;
        var text = Text(ref json, Field, MaximumTextLength, known: null);
        return string.IsNullOrWhiteSpace(text) ? null : EventRules.Timestamp(text, Field, fields.ReceivedAt);
    }

    private static double? Number(ref Utf8JsonReader json, string field)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Null)
            return null;
        if (json.TokenType != JsonTokenType.Number)
            throw new RejectedException(RejectionReason.InvalidField, $"{field} must be a JSON number.");
        return json.TryGetDouble(out var number) ? EventRules.Bounded(number, field) : throw EventRules.NotFinite(field);
    }

    private static SentDifference? Difference(ref Utf8JsonReader json) =>
        Number(ref json, "data.difference") is { } difference ? new(difference, SentDifference.DecimalsOf(json.ValueSpan)) : null;

    private static bool Object(ref Utf8JsonReader json, string field)
    {
        json.Read();
        return json.TokenType switch
        {
            JsonTokenType.StartObject => true,
            JsonTokenType.Null => false,
            _ => throw new RejectedException(RejectionReason.InvalidField, $"{field} must be an object."),
        };
    }

    private static void Ignore(ref Utf8JsonReader json)
    {
        json.Read();
        json.Skip();
    }

    private struct Fields
    {
        public KnownTexts? Known;
        public DateTimeOffset ReceivedAt;
        public string? EventId, EventType, Source, Location, Version, SystemMessage, SensorId, Unit, Model, CalibrationDate;
        public DateTimeOffset? Timestamp;
        public double? Level, Baseline;
        public SentDifference? Difference;
    }
}
