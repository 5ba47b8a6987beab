using System.Text;
using System.Text.Json;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Payloads;

/// <summary>
/// Messages report whether a sensor is reachable: a last will, or a status published by a gateway for its sensors. An empty payload has no
/// meaning: it removes a retained message.
/// </summary>
/// <param name="sensorId">The sensor id, a path only with <paramref name="value"/>; null for the one in the topic.</param>
/// <param name="value">Path of the word in a JSON payload; null when the payload is the word.</param>
/// <param name="online">Words for online, case-insensitive.</param>
/// <param name="offline">Words for offline, case-insensitive.</param>
public sealed class StatusProfile(PayloadText? sensorId, JsonPath? value, IReadOnlyList<string> online, IReadOnlyList<string> offline) : PayloadProfile
{
    /// <summary>Default words for online.</summary>
    public static readonly IReadOnlyList<string> DefaultOnline = ["online", "1", "true"];

    /// <summary>Default words for offline.</summary>
    public static readonly IReadOnlyList<string> DefaultOffline = ["offline", "0", "false"];

    private const int ShownLength = 32;

    /// <inheritdoc/>
    public override string Name => "Status";

    /// <inheritdoc/>
    public override string Settings => $"{(value is null ? "" : $"word {value}; ")}online: {string.Join(", ", online)}; offline: {string.Join(", ", offline)}";

    private protected override ReadingOutcome[] Read(SourceMessage message, TopicValues topic, DateTimeOffset receivedAt)
    {
        if (message.Payload.IsEmpty)
            return [];
        if (value is null)
            return [Outcome(Constant(topic), Encoding.UTF8.GetString(EventRules.Utf8Text(message.Payload.Span)).Trim(), message, receivedAt)];

        using var document = JsonProfile.Open(message.Payload);
        var root = document.RootElement;
        var sensor = sensorId?.Path is { } path ? EventRules.SensorId(Word(path, root), path.Text) : Constant(topic);
        return [Outcome(sensor, Word(value, root).Trim(), message, receivedAt)];
    }

    private string Constant(TopicValues topic) => sensorId?.Constant ?? SensorOf(topic);

    private ReadingOutcome Outcome(string sensor, string word, SourceMessage message, DateTimeOffset receivedAt) => new(null, null)
    {
        StatusChange = new(sensor, IsOnline(word), EventRules.WholeMicroseconds(receivedAt)) { Redelivered = message.Redelivered, Retained = message.Retained },
    };

    private bool IsOnline(string word)
    {
        if (online.Contains(word, StringComparer.OrdinalIgnoreCase))
            return true;
        if (offline.Contains(word, StringComparer.OrdinalIgnoreCase))
            return false;
        var shown = word.Length <= ShownLength ? word : word[..ShownLength] + "…";
        throw new RejectedException(
            RejectionReason.UnknownStatus,
            $"{value?.Text ?? "The payload"} is '{shown}', which is none of the words for online ({string.Join(", ", online)}) and offline ({string.Join(", ", offline)}).");
    }

    /// <summary>Converts a text, number, true or false to text.</summary>
    internal static string Word(JsonPath path, JsonElement root) => path.Find(root, root) switch
    {
        null => throw EventRules.Missing(path.Text),
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { ValueKind: JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False } word => word.GetRawText(),
        _ => throw new RejectedException(RejectionReason.InvalidField, $"{path} must be a text, a number, true or false."),
    };
}
