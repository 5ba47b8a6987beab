using System.Text.Json;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Payloads;

/// <summary>
/// Converts the messages of a topic filter to readings. Pure and thread-safe; no message makes it throw. Each reading is accepted or rejected
/// independently; one rejection stands for all rejected readings, because a message is one dead letter. No outcome means that the message contains
/// no readings.
/// </summary>
public abstract class PayloadProfile
{
    /// <summary>Maximum readings per message: bounds its memory and its commit.</summary>
    public const int MaximumReadings = 1000;

    /// <summary>Maximum rejected readings per message reported individually; the last one counts the rest.</summary>
    public const int MaximumRejections = 16;

    /// <summary>Name in the configuration.</summary>
    public abstract string Name { get; }

    /// <summary>Settings for display; empty when there are none.</summary>
    public virtual string Settings => "";

    /// <summary>Parses a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="topic">Values in its topic.</param>
    /// <param name="receivedAt">Server time: the upper limit of timestamps, and the default timestamp unless the message has an arrival time.</param>
    public ReadingOutcome[] Parse(SourceMessage message, TopicValues topic, DateTimeOffset receivedAt)
    {
        try
        {
            EventRules.Size(message.PayloadBytes);
            return PushTogether(Read(message, topic, receivedAt));
        }
        catch (RejectedException rejected)
        {
            return Rejected(rejected.Rejection);
        }
        catch (JsonException malformed)
        {
            return Rejected(VibrationEventParser.Malformed(malformed));
        }
        catch (InvalidOperationException)
        {
            // A name or text with a lone surrogate, valid in JSON but not in a string.
            return Rejected(new(RejectionReason.InvalidEncoding, "A field name or text holds an incomplete UTF-16 escape."));
        }
    }

    private protected abstract ReadingOutcome[] Read(SourceMessage message, TopicValues topic, DateTimeOffset receivedAt);

    /// <summary>The outcome of a payload that is the seed event.</summary>
    private protected static ReadingOutcome ReadSeedEvent(ReadOnlySpan<byte> payload, TopicValues topic, DateTimeOffset receivedAt, LevelSign sign, KnownTexts? known = null)
    {
        if (!VibrationEventParser.TryParse(payload, receivedAt, out var vibrationEvent, out var rejection, known, sign))
            return new(null, rejection);
        if (topic.Location is { } location && vibrationEvent.Facts.Location.Length == 0)
            vibrationEvent = vibrationEvent with { Facts = vibrationEvent.Facts with { Location = CheckLocation(location) } };
        return new(vibrationEvent, null);
    }

    /// <summary>Description of a sign for display; null for the default.</summary>
    public static string? SignWords(LevelSign sign) => sign switch
    {
        LevelSign.Absolute => "absolute",
        LevelSign.AsSent => "signed",
        _ => null,
    };

    /// <summary>The sensor id in the topic.</summary>
    internal static string SensorOf(TopicValues topic) => EventRules.SensorId(topic.Sensor, "The topic level {sensor}");

    /// <summary>Validates and normalises a location.</summary>
    internal static string CheckLocation(string location) => EventRules.Text(location, "The location", VibrationEventParser.MaximumTextLength).Trim();

    /// <summary>The timestamp of a reading without its own.</summary>
    internal static DateTimeOffset TimeOfArrival(SourceMessage message, DateTimeOffset receivedAt)
    {
        if (message.Retained)
            throw new RejectedException(
                RejectionReason.RetainedWithoutTimestamp, "A retained message without a timestamp does not say when it was measured.");

        // A server with a wrong clock may have recorded an impossible time.
        return message.ArrivedAt is { } arrivedAt ? EventRules.InBounds(arrivedAt, "The time of arrival", receivedAt) : EventRules.WholeMicroseconds(receivedAt);
    }

    /// <summary>Merges several rejections into one, at the position of the first.</summary>
    private static ReadingOutcome[] PushTogether(ReadingOutcome[] outcomes)
    {
        var first = Array.FindIndex(outcomes, outcome => outcome.Rejection is not null);
        if (first < 0 || first == Array.FindLastIndex(outcomes, outcome => outcome.Rejection is not null))
            return outcomes;

        var rejections = outcomes.Select(outcome => outcome.Rejection).OfType<Rejection>();
        var together = outcomes[first].Rejection! with { Detail = string.Join(' ', rejections.Select(rejection => rejection.Detail)) };
        outcomes[first] = new(null, together);
        return [.. outcomes.Where((outcome, index) => outcome.Rejection is null || index == first)];
    }

    private static ReadingOutcome[] Rejected(Rejection rejection) => [new(null, rejection)];
}
