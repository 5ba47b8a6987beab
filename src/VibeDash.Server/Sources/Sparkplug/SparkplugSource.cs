using System.Globalization;
using System.Text.Json;
using Google.Protobuf;
using VibeDash.Core.Payloads;
using VibeDash.Core.Readings;
using VibeDash.Core.Sparkplug;

namespace VibeDash.Server.Sources.Sparkplug;

/// <summary>
/// A source of Sparkplug B messages. Unlike other sources it is stateful (<see cref="SparkplugHost"/>) and answers through its outbox. Messages of an
/// edge node must be parsed in order of arrival. Thread-safe.
/// </summary>
/// <param name="pattern">Its topics.</param>
/// <param name="shape">Selects the metrics that are readings.</param>
/// <param name="hostId">Host id under which the server publishes its state; null to publish none.</param>
/// <param name="broker">Name of its broker; null when there is only one.</param>
/// <param name="key">Configuration key of its topic filter.</param>
internal sealed class SparkplugSource(TopicPattern pattern, SparkplugShape shape, string? hostId, string? broker, string key) : TopicSource(pattern, profile: null, broker, key)
{
    /// <summary>The name of the profile.</summary>
    public const string Name = "SparkplugB";

    private const string CompressedUuid = "SPBV1.0_COMPRESSED";

    private readonly SparkplugHost _host = new(shape);
    private long _connectedAt;

    /// <summary>Host id under which the server publishes its state, or null.</summary>
    public string? HostId => hostId;

    /// <inheritdoc/>
    public override string ProfileName => Name;

    /// <inheritdoc/>
    public override string Settings => string.Join(
        "; ",
        new[]
        {
            shape.IsChosen ? $"level from {string.Join(", ", shape.Metrics)}" : "level from every number",
            shape.Unit is null ? "unit from engUnit" : $"in {shape.Unit}",
            shape.Multiplier == 1 ? null : string.Create(CultureInfo.InvariantCulture, $"times {shape.Multiplier}"),
            shape.BaselineMetric is { } metric ? $"baseline from {metric}" : shape.Baseline > 0 ? string.Create(CultureInfo.InvariantCulture, $"baseline {shape.Baseline}") : null,
            PayloadProfile.SignWords(shape.Sign),
            hostId is null ? null : $"host {hostId}",
        }.OfType<string>());

    /// <inheritdoc/>
    public override bool IsStateful => true;

    // Its death is the word of the broker.
    /// <inheritdoc/>
    public override string? SenderOf(string topic) => SparkplugTopic.Parse(topic) is
        { Kind: SparkplugMessageKind.NodeBirth or SparkplugMessageKind.DeviceBirth or SparkplugMessageKind.Data or SparkplugMessageKind.DeviceDeath } parsed
        ? SparkplugTopic.OfNode(parsed.Group, parsed.Node)
        : null;

    /// <inheritdoc/>
    public override OutboundQueue Outbound { get; } = new();

    /// <inheritdoc/>
    public override OutboundMessage? Will(DateTimeOffset at)
    {
        // Before the connection: the broker delivers the retained state of the previous one immediately.
        Interlocked.Exchange(ref _connectedAt, at.ToUnixTimeMilliseconds());
        return hostId is null ? null : State(isOnline: false);
    }

    /// <inheritdoc/>
    public override void Connected(DateTimeOffset at)
    {
        if (hostId is null)
            return;
        Interlocked.Exchange(ref _connectedAt, at.ToUnixTimeMilliseconds());
        Outbound.Offer(State(isOnline: true));
    }

    /// <summary>Requests a rebirth from an edge node that was known before the start.</summary>
    public void Expect(string group, string node, DateTimeOffset now)
    {
        if (Pattern.Matches($"{SparkplugTopic.Namespace}/{group}/NDATA/{node}") && _host.Expect(group, node, now))
            AskForRebirth(group, node, now);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ReadingOutcome> Parse(SourceMessage message, DateTimeOffset receivedAt)
    {
        switch (SparkplugTopic.Parse(message.Topic))
        {
            case null:
                return Rejected(RejectionReason.UnknownTopic, "Not a topic of Sparkplug B: spBv1.0/{group}/{NBIRTH, NDEATH, NDATA, DBIRTH, DDEATH or DDATA}/{node}, and for a D message the device.");
            case { Kind: SparkplugMessageKind.Command }:
                // The server's own state is among these.
                return [];
            case { Kind: SparkplugMessageKind.State } state:
                if (state.Group == hostId && IsOffline(message.Payload.Span))
                    Outbound.Offer(State(isOnline: true));
                return [];
            case var topic:
                return Parse(topic, message, receivedAt);
        }
    }

    private IReadOnlyList<ReadingOutcome> Parse(SparkplugTopic topic, SourceMessage message, DateTimeOffset receivedAt)
    {
        if (message.PayloadBytes > SparkplugPayload.MaximumBytes)
            return Rejected(RejectionReason.PayloadTooLarge, $"The payload has {message.PayloadBytes:N0} bytes; the limit is {SparkplugPayload.MaximumBytes:N0}.");
        SparkplugPayload payload;
        try
        {
            payload = SparkplugReader.Read(message.Payload);
        }
        catch (InvalidProtocolBufferException malformed)
        {
            return Rejected(RejectionReason.MalformedProtobuf, $"Not a payload of Sparkplug B: {malformed.Message}");
        }
        catch (InvalidDataException tooMuch)
        {
            return Rejected(RejectionReason.TooManyMetrics, tooMuch.Message);
        }

        if (payload.Uuid == CompressedUuid)
            return Rejected(RejectionReason.InvalidField, "The payload is compressed, which Sparkplug B does not define; send it plain.");

        var (outcomes, askForRebirth) = _host.Receive(topic, payload, message, receivedAt);
        if (askForRebirth)
            AskForRebirth(topic.Group, topic.Node, receivedAt);
        return outcomes;
    }

    private void AskForRebirth(string group, string node, DateTimeOffset at) =>
        Outbound.Offer(new(SparkplugTopic.OfCommand(group, node), SparkplugReader.Rebirth(at), Retain: false));

    // Will and online state of a connection have the same time.
    private OutboundMessage State(bool isOnline) => new(
        SparkplugTopic.OfHost(hostId!),
        JsonSerializer.SerializeToUtf8Bytes(new { online = isOnline, timestamp = Interlocked.Read(ref _connectedAt) }),
        Retain: true);

    // The will of another connection, e.g. of the previous one, although the server is online.
    private static bool IsOffline(ReadOnlySpan<byte> payload)
    {
        try
        {
            var json = new Utf8JsonReader(payload);
            using var document = JsonDocument.ParseValue(ref json);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("online", out var online) && online.ValueKind == JsonValueKind.False;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static ReadingOutcome[] Rejected(RejectionReason reason, string detail) => [new(null, new(reason, detail))];
}
