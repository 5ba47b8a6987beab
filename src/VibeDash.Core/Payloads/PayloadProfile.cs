using System.Text.Json;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Payloads;

/// <summary>
/// How the messages of a topic filter become readings. Pure and thread-safe; nothing in a message makes it throw. Each reading is accepted
/// or rejected on its own; one rejection tells of all that were, as a message is one dead letter. No outcome at all is a message that says it
/// holds no readings.
/// </summary>
public abstract class PayloadProfile
{
    /// <summary>Most readings of one message: bounds the memory and the commit that one message takes.</summary>
    public const int MaximumReadings = 1000;

    /// <summary>Most rejected readings of one message that are told one by one; the last of them counts the rest.</summary>
    public const int MaximumRejections = 16;

    /// <summary>The name by which it is configured.</summary>
    public abstract string Name { get; }

    /// <summary>How it is set, in words for people; empty when there is nothing to set.</summary>
    public virtual string Settings => "";

    /// <summary>Reads a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="topic">What its topic says.</param>
    /// <param name="receivedAt">The server's clock: bounds timestamps from above, and stands in for one that is not given unless the message says when it arrived.</param>
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
            // A name or text holding a lone surrogate, which JSON can write and no text can hold.
            return Rejected(new(RejectionReason.InvalidEncoding, "A field name or text holds an incomplete UTF-16 escape."));
        }
    }

    private protected abstract ReadingOutcome[] Read(SourceMessage message, TopicValues topic, DateTimeOffset receivedAt);

    /// <summary>The outcome of a payload that is the seed event.</summary>
    private protected static ReadingOutcome ReadSeedEvent(ReadOnlySpan<byte> payload, TopicValues topic, DateTimeOffset receivedAt, KnownTexts? known = null)
    {
        if (!VibrationEventParser.TryParse(payload, receivedAt, out var vibrationEvent, out var rejection, known))
            return new(null, rejection);
        if (topic.Location is { } location && vibrationEvent.Facts.Location.Length == 0)
            vibrationEvent = vibrationEvent with { Facts = vibrationEvent.Facts with { Location = CheckLocation(location) } };
        return new(vibrationEvent, null);
    }

    /// <summary>The sensor id that the topic gives.</summary>
    internal static string SensorOf(TopicValues topic) => EventRules.SensorId(topic.Sensor, "The topic level {sensor}");

    /// <summary>A location as it is kept.</summary>
    internal static string CheckLocation(string location) => EventRules.Text(location, "The location", VibrationEventParser.MaximumTextLength).Trim();

    /// <summary>The timestamp of a reading that has none of its own.</summary>
    internal static DateTimeOffset TimeOfArrival(SourceMessage message, DateTimeOffset receivedAt)
    {
        if (message.Retained)
            throw new RejectedException(
                RejectionReason.RetainedWithoutTimestamp, "A retained message without a timestamp does not say when it was measured.");

        // A server whose clock was wrong has noted a time that cannot be.
        return message.ArrivedAt is { } arrivedAt ? EventRules.InBounds(arrivedAt, "The time of arrival", receivedAt) : EventRules.WholeMicroseconds(receivedAt);
    }

    /// <summary>The outcomes with one rejection in place of several, where the first of them was.</summary>
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
