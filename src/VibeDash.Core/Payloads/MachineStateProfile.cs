using System.Text;
using System.Text.Json;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Payloads;

/// <summary>
/// Messages report whether a machine runs: for one sensor, or for a machine with all its sensors, identified by its full location. An empty payload
/// has no meaning: it removes a retained message.
/// </summary>
/// <param name="shape">Location of the state in a message.</param>
public sealed class MachineStateProfile(MachineStateShape shape) : PayloadProfile
{
    /// <summary>Default words for a running machine.</summary>
    public static readonly IReadOnlyList<string> DefaultRunning = ["running", "on", "1", "true"];

    /// <summary>Default words for a machine at standstill.</summary>
    public static readonly IReadOnlyList<string> DefaultStopped = ["stopped", "off", "0", "false"];

    private const int ShownLength = 32;

    /// <inheritdoc/>
    public override string Name => "MachineState";

    /// <inheritdoc/>
    public override string Settings => string.Join(
        "; ",
        new[]
        {
            shape.Value is null ? null : $"word {shape.Value}",
            $"running: {string.Join(", ", shape.Running)}",
            $"stopped: {string.Join(", ", shape.Stopped)}",
            shape.SensorId is { } sensor ? $"sensor {sensor.Path?.Text ?? sensor.Constant}" : null,
            shape.Location is { } location ? $"machine {location.Path?.Text ?? location.Constant}" : null,
            shape.Timestamp is null ? "from arrival on" : $"from {shape.Timestamp} on",
        }.OfType<string>());

    private protected override ReadingOutcome[] Read(SourceMessage message, TopicValues topic, DateTimeOffset receivedAt)
    {
        if (message.Payload.IsEmpty)
            return [];
        if (shape.Value is null)
            return [Outcome(topic, default, Encoding.UTF8.GetString(EventRules.Utf8Text(message.Payload.Span)), Arrival(message, receivedAt))];

        using var document = JsonProfile.Open(message.Payload);
        var root = document.RootElement;
        var at = shape.Timestamp is null ? Arrival(message, receivedAt)
            : (shape.Timestamp.Find(root, root) ?? throw EventRules.Missing(shape.Timestamp.Text)) is var element && shape.TimestampFormat != TimestampFormat.Iso8601
                ? UnixTime.Read(element, shape.Timestamp.Text, shape.TimestampFormat, receivedAt)
                : EventRules.Timestamp(StatusProfile.Word(shape.Timestamp, root), shape.Timestamp.Text, receivedAt);
        return [Outcome(topic, root, StatusProfile.Word(shape.Value, root), at)];
    }

    // Also for a retained message: its age is unknown, only that it is valid now.
    private static DateTimeOffset Arrival(SourceMessage message, DateTimeOffset receivedAt) =>
        message.ArrivedAt is { } arrivedAt ? EventRules.InBounds(arrivedAt, "The time of arrival", receivedAt) : EventRules.WholeMicroseconds(receivedAt);

    private ReadingOutcome Outcome(TopicValues topic, JsonElement root, string word, DateTimeOffset at)
    {
        var runs = Runs(word.Trim());
        var sensor = shape.SensorId is { } id ? Text(id, root) : shape.Location is null ? topic.Sensor : null;
        if (sensor is not null)
            return new(null, null) { MachineState = new(null, EventRules.SensorId(sensor, shape.SensorId?.Path?.Text ?? "The topic level {sensor}"), runs, at) };

        var location = Location.Parse(CheckLocation(shape.Location is { } place ? Text(place, root) : topic.Location ?? "")).Whole;
        if (location.Length == 0)
            throw EventRules.Missing(shape.Location?.Path?.Text ?? "The machine");
        return new(null, null) { MachineState = new(location, null, runs, at) };
    }

    private bool Runs(string word)
    {
        if (shape.Running.Contains(word, StringComparer.OrdinalIgnoreCase))
            return true;
        if (shape.Stopped.Contains(word, StringComparer.OrdinalIgnoreCase))
            return false;
        var shown = word.Length <= ShownLength ? word : word[..ShownLength] + "…";
        throw new RejectedException(
            RejectionReason.UnknownStatus,
            $"{shape.Value?.Text ?? "The payload"} is '{shown}', which is none of the words for running ({string.Join(", ", shape.Running)}) and stopped ({string.Join(", ", shape.Stopped)}).");
    }

    private static string Text(PayloadText text, JsonElement root) => text.Path is { } path ? StatusProfile.Word(path, root) : text.Constant;
}
