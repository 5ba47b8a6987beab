using System.Text.Json;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Payloads;

/// <summary>Extracts the readings of one message from its JSON.</summary>
internal sealed class JsonReadings(JsonShape shape, JsonElement root, SourceMessage message, TopicValues topic, DateTimeOffset receivedAt)
{
    // Items that share the message's id or timestamp are distinguished by their index, which a redelivery does not change.
    private readonly bool _numbered = shape.Items is not null && shape.EventId is not { IsRelative: true } && shape.Timestamp is not { IsRelative: true };

    private readonly List<ReadingOutcome> _outcomes = [];
    private int _rejected;

    /// <summary>Extracts the readings; call once.</summary>
    public ReadingOutcome[] Read()
    {
        if (!shape.When.All(condition => condition.IsMet(root)))
            return [];
        if (shape.Items is null)
        {
            ReadItem(root, 0);
        }
        else
        {
            var items = shape.Items.FindArray(root) ?? throw new RejectedException(RejectionReason.MissingField, $"{shape.Items} finds no array.");
            var count = items.GetArrayLength() * shape.Readings.Count;
            if (count > PayloadProfile.MaximumReadings)
                throw new RejectedException(
                    RejectionReason.TooManyReadings, $"{shape.Items} gives {count:N0} readings; the limit of one message is {PayloadProfile.MaximumReadings:N0}.");

            var index = 0;
            foreach (var item in items.EnumerateArray())
                ReadItem(item, index++);
        }

        PushRest();
        return [.. _outcomes];
    }

    private void ReadItem(JsonElement item, int index)
    {
        foreach (var reading in shape.Readings)
        {
            try
            {
                _outcomes.Add(ReadOne(reading, item, index));
            }
            catch (RejectedException rejected)
            {
                Reject(rejected.Rejection, reading, index);
            }
            catch (InvalidOperationException)
            {
                Reject(new(RejectionReason.InvalidEncoding, "A field name or text holds an incomplete UTF-16 escape."), reading, index);
            }
        }
    }

    private ReadingOutcome ReadOne(JsonReading wanted, JsonElement item, int index)
    {
        var quality = wanted.Quality?.Of(root, item) ?? ReadingQuality.Good;
        var level = NumberOf(wanted.Level, wanted.Multiplier, item, quality, EventRules.Level);
        var baseline = wanted.BaselinePath is { } path ? NumberOf(path, wanted.Multiplier, item, quality, EventRules.Baseline) : wanted.Baseline;
        var timestamp = shape.Timestamp is { } when ? Timestamp(when, item) : PayloadProfile.TimeOfArrival(message, receivedAt);

        var ownId = shape.EventId is { } idPath ? EventRules.Required(Text(new("", idPath), item, VibrationEventParser.MaximumIdLength), idPath.Text) : null;
        var eventId = ownId ?? (shape.Timestamp is null ? DerivedEventId.Of(level, message.PacketId, quality) : DerivedEventId.Of(level, quality));
        if (_numbered)
            eventId = EventRules.Text($"{eventId}/{index}", "The event id with the number of its item", VibrationEventParser.MaximumIdLength);

        var reading = new Reading(
            EventRules.SensorId(Sensor(item) + wanted.Suffix, shape.SensorId?.Path?.Text ?? "The sensor id"),
            timestamp,
            eventId,
            level,
            baseline,
            EventRules.Required(Unit(wanted.Unit, item), wanted.Unit.Path?.Text ?? "The unit")) { Quality = quality };
        var facts = new SensorFacts(Location(item), null, null, null, null);
        return new(new(reading, facts, null), null, MayBeStored: shape.Timestamp is null && (ownId is not null || message.Redelivered));
    }

    private string Sensor(JsonElement item) =>
        shape.SensorId is { } text ? Text(text, item, VibrationEventParser.MaximumIdLength) ?? throw EventRules.Missing(text.Path!.Text) : PayloadProfile.SensorOf(topic);

    private string Location(JsonElement item) =>
        PayloadProfile.CheckLocation((shape.Location is { } text ? Text(text, item, VibrationEventParser.MaximumTextLength) : null) ?? topic.Location ?? "");

    private DateTimeOffset Timestamp(JsonPath path, JsonElement item)
    {
        var found = path.Find(root, item) ?? throw EventRules.Missing(path.Text);
        if (shape.TimestampFormat != TimestampFormat.Iso8601)
            return UnixTime.Read(found, path.Text, shape.TimestampFormat, receivedAt);
        return found.ValueKind == JsonValueKind.String
            ? EventRules.Timestamp(found.GetString()!, path.Text, receivedAt)
            : throw new RejectedException(RejectionReason.InvalidTimestamp, $"{path} must be a text in ISO 8601.");
    }

    // A gateway without a value sends null, or something that is none, with a quality that is not good.
    private double NumberOf(JsonPath path, double multiplier, JsonElement item, ReadingQuality quality, Func<double?, LevelSign, string, double> check)
    {
        try
        {
            var number = Number(path, multiplier, item);
            return number is null && quality != ReadingQuality.Good ? 0 : check(number, shape.Sign, path.Text);
        }
        catch (RejectedException) when (quality != ReadingQuality.Good)
        {
            return 0;
        }
    }

    private double? Number(JsonPath path, double multiplier, JsonElement item)
    {
        if (path.Find(root, item) is not { } found)
            return null;

        // Many devices send numbers as strings.
        if (!(found.ValueKind == JsonValueKind.Number && found.TryGetDouble(out var number))
            && !(found.ValueKind == JsonValueKind.String && DecimalNumber.TryParse(found.GetString()!, out number)))
            throw new RejectedException(RejectionReason.InvalidField, $"{path} must be a number.");
        return EventRules.Bounded(number * multiplier, path.Text);
    }

    private string? Text(PayloadText text, JsonElement item, int maximumLength) =>
        text.Path is { } path ? path.Find(root, item) is { } found ? Text(found, path, maximumLength) : null : text.Constant;

    private string? Unit(PayloadText text, JsonElement item) =>
        text.Path is { } path ? path.Find(root, item) is { } found ? EventRules.Unit(Plain(found, path)) : null : text.Constant;

    private static string Text(JsonElement found, JsonPath path, int maximumLength) => EventRules.Text(Plain(found, path), path.Text, maximumLength);

    // Ids may be numbers.
    private static string Plain(JsonElement found, JsonPath path) => found.ValueKind switch
    {
        JsonValueKind.String => found.GetString()!,
        JsonValueKind.Number => found.GetRawText(),
        _ => throw new RejectedException(RejectionReason.InvalidField, $"{path} must be a text or a number."),
    };

    private void Reject(Rejection rejection, JsonReading reading, int index)
    {
        if (++_rejected > PayloadProfile.MaximumRejections)
            return;

        // Identifies the item and reading if there are several.
        var which = (shape.Items is null ? "" : $"Item {index}: ") + (shape.Readings.Count == 1 ? "" : $"Reading '{reading.Suffix}': ");
        _outcomes.Add(new(null, rejection with { Detail = which + rejection.Detail }));
    }

    private void PushRest()
    {
        if (_rejected <= PayloadProfile.MaximumRejections)
            return;
        var last = _outcomes.FindLastIndex(outcome => outcome.Rejection is not null);
        var rejection = _outcomes[last].Rejection!;
        _outcomes[last] = new(null, rejection with { Detail = $"{rejection.Detail} So are {_rejected - PayloadProfile.MaximumRejections:N0} more readings of this message." });
    }
}
