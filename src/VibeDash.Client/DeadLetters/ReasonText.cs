using VibeDash.Core.Payloads;
using VibeDash.Core.Readings;

namespace VibeDash.Client.DeadLetters;

/// <summary>A reason in plain words.</summary>
/// <param name="Title">What is wrong, in a few words.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record ReasonText(string Title, string Remedy)
{
    /// <summary>The words for a reason.</summary>
    public static ReasonText Of(RejectionReason reason) => reason switch
    {
        RejectionReason.PayloadTooLarge => new(
            "Message too large",
            $"A message may have {VibrationEventParser.MaximumPayloadBytes / 1024} KiB. Let the sender split it. Only its start is kept, so it cannot be replayed."),
        RejectionReason.InvalidEncoding => new(
            "Not UTF-8 text",
            "Let the sender write UTF-8. A binary format cannot be read; when something else than a sensor publishes here, narrow the topic filter."),
        RejectionReason.MalformedJson => new(
            "Not the JSON that is expected",
            "Look at the payload. When it is a bare number or JSON of another form, configure a source with that profile for the topic and replay; when it is cut off or broken, mend the sender."),
        RejectionReason.UnknownEventType => new(
            "Another kind of event",
            "The sender publishes other events, too, on this topic. Delete these, or give the others a topic of their own."),
        RejectionReason.MissingField => new(
            "Something is missing",
            "The detail names what was looked for. When the payload has it elsewhere, put the path of the source right, restart and replay; when it is not there, mend the sender."),
        RejectionReason.InvalidField => new(
            "A field of the wrong kind",
            "The detail names the field. When a path of the source points at the wrong place, put it right, restart and replay; else mend the sender."),
        RejectionReason.InvalidNumber => new(
            "Not a usable number",
            "A level is a number, finite and not negative. Mend the sender, or the path and multiplier of the source, and replay."),
        RejectionReason.InvalidTimestamp => new(
            "Timestamp not understood",
            "When the sender counts seconds or milliseconds, set TimestampFormat of the source, restart and replay; else let it write ISO 8601."),
        RejectionReason.TimestampWithoutZone => new(
            "Timestamp without a time zone",
            "Let the sender end its timestamps in Z or an offset such as +02:00. What these meant cannot be known."),
        RejectionReason.TimestampOutOfRange => new(
            "Timestamp out of range",
            "A clock is wrong. When it was the server's, set it and replay: the readings are then stored at their own time. When it was the sensor's, set that one and delete these."),
        RejectionReason.InvalidSensorId => new(
            "Not a usable sensor id",
            "An id is letters, digits, inner spaces and - _ . : only. Rename the sensor, or let the source take the id from somewhere else, and replay."),
        RejectionReason.TooManySensors => new(
            "More sensors than allowed",
            "When these sensors are wanted, raise Storage:MaximumSensors, restart and replay. When ids change with every message, put the source right first."),
        RejectionReason.TooManyReadings => new(
            "Too many readings in one message",
            $"A message may have {PayloadProfile.MaximumReadings} readings. Let the sender split it."),
        RejectionReason.RetainedWithoutTimestamp => new(
            "Retained, and without a timestamp",
            "The broker had kept this message, and nobody knows since when. Let the sender add a timestamp or not ask for messages to be retained; delete these."),
        RejectionReason.UnknownTopic => new(
            "No source for this topic",
            "When these are readings, configure a source whose topic filter matches, restart and replay. When they are not wanted, delete them: the broker holds a subscription of an earlier configuration."),
        RejectionReason.UnknownStatus => new(
            "A state that is not known",
            "Add the word to Online or Offline of the source (profile MachineState: to Running or Stopped), or put its path Value right, and restart. An old word that a sensor is online or not says nothing now: delete these. That a machine ran or stood still holds for its time: replay these."),
        RejectionReason.MalformedProtobuf => new(
            "Not a Sparkplug B payload",
            "Something that does not speak Sparkplug B publishes here. Give it a topic of its own and a source with its profile; delete these."),
        RejectionReason.UnknownMetric => new(
            "Data before its birth",
            "The edge node was asked to be born again, which names its metrics. Some of these after a start are usual; when they go on, allow the server to publish to spBv1.0/+/NCMD/+."),
        RejectionReason.TooManyMetrics => new(
            "More metrics or edge nodes than the server keeps",
            "Narrow the topic filter of the source, or have the edge node publish fewer metrics."),
        _ => new(reason.ToString(), "Look at the detail."),
    };
}
