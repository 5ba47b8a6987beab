using VibeDash.Core.Payloads;
using VibeDash.Core.Readings;

namespace VibeDash.Client.DeadLetters;

/// <summary>Explains the reason of a rejection.</summary>
/// <param name="Title">The reason in a few words.</param>
/// <param name="Remedy">How to correct the cause.</param>
public sealed record ReasonText(string Title, string Remedy)
{
    /// <summary>The text of a reason.</summary>
    public static ReasonText Of(RejectionReason reason) => reason switch
    {
        RejectionReason.PayloadTooLarge => new(
            "Message too large",
            $"A message may have {VibrationEventParser.MaximumPayloadBytes / 1024} KiB. Make the sender split it. Only its start is kept, so it cannot be replayed."),
        RejectionReason.InvalidEncoding => new(
            "Not UTF-8 text",
            "Make the sender write UTF-8; binary formats are not supported. If other devices publish here, narrow the topic filter."),
        RejectionReason.MalformedJson => new(
            "Not the expected JSON",
            "Look at the payload. If it is a bare number or JSON of another form, configure a source with that profile for the topic and replay. If it is truncated or invalid, correct the sender."),
        RejectionReason.UnknownEventType => new(
            "Another kind of event",
            "The sender publishes other events on this topic too. Delete these, or move the other events to their own topic."),
        RejectionReason.MissingField => new(
            "A field is missing",
            "The detail names the field. If the payload has it elsewhere, correct the path in the source, restart and replay. Otherwise correct the sender."),
        RejectionReason.InvalidField => new(
            "A field of the wrong type",
            "The detail names the field. If a path in the source is wrong, correct it, restart and replay. Otherwise correct the sender."),
        RejectionReason.InvalidNumber => new(
            "Not a valid level",
            $"A level is a number from 0 to {Reading.MaximumLevel:N0}. Negative levels need a source with Absolute or Signed set to true. Otherwise correct the sender, or the path and multiplier of the source, and replay."),
        RejectionReason.InvalidTimestamp => new(
            "Timestamp not understood",
            "If the sender writes Unix seconds or milliseconds, set TimestampFormat of the source, restart and replay. Otherwise make it write ISO 8601."),
        RejectionReason.TimestampWithoutZone => new(
            "Timestamp without a time zone",
            "Make the sender end its timestamps with Z or an offset such as +02:00. The time of these readings cannot be determined."),
        RejectionReason.TimestampOutOfRange => new(
            "Timestamp out of range",
            "A clock is wrong. If it was the server's, set it and replay: the readings are stored with their own time. If it was the sensor's, set it and delete these."),
        RejectionReason.InvalidSensorId => new(
            "Not a valid sensor id",
            "An id has only letters, digits, inner spaces and - _ . : characters. Rename the sensor, or make the source read the id from another place, and replay."),
        RejectionReason.TooManySensors => new(
            "More sensors than allowed",
            "If these are real sensors, raise Storage:MaximumSensors, restart and replay. If ids change with every message, correct the source first."),
        RejectionReason.TooManyReadings => new(
            "Too many readings in one message",
            $"A message may have {PayloadProfile.MaximumReadings} readings. Make the sender split it."),
        RejectionReason.RetainedWithoutTimestamp => new(
            "Retained and without a timestamp",
            "The broker kept this message since an unknown time. Make the sender add a timestamp, or stop sending retained messages; delete these."),
        RejectionReason.UnknownTopic => new(
            "No source for this topic",
            "If these are readings, configure a source whose topic filter matches, restart and replay. Otherwise delete them: the broker still has a subscription of an earlier configuration."),
        RejectionReason.UnknownStatus => new(
            "An unknown state",
            "Add the word to Online or Offline of the source (profile MachineState: to Running or Stopped), or correct its path Value, and restart. Delete old messages about sensors: they say nothing about the present. Replay old messages about machines: they hold for their time."),
        RejectionReason.MalformedProtobuf => new(
            "Not a Sparkplug B payload",
            "A sender that does not use Sparkplug B publishes here. Give it its own topic and a source with its profile; delete these."),
        RejectionReason.UnknownMetric => new(
            "Data before its birth",
            "The server has requested a rebirth from the edge node, which names its metrics. A few of these are normal after a start. If they continue, allow the server to publish to spBv1.0/+/NCMD/+."),
        RejectionReason.TooManyMetrics => new(
            "More metrics or edge nodes than the server keeps",
            "Narrow the topic filter of the source, or have the edge node publish fewer metrics."),
        RejectionReason.OutsidePlaces => new(
            "Beyond the places of its key",
            "The key may send for sensors at its places only. If it should, give the program another key and have it send them again."),
        RejectionReason.ProcessingFailed => new(
            "The server failed to process it",
            "A fault of the server, which its log has with the stack. Replay the messages after an update."),
        _ => new(reason.ToString(), "See the detail."),
    };
}
