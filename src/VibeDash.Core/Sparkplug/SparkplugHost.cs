using VibeDash.Core.Payloads;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Sparkplug;

/// <summary>
/// Tracks the edge nodes of a Sparkplug B source: metric definitions from births, sequence numbers of messages, and liveness. Kept in memory only;
/// missing data is requested again. Messages of a node must be passed in order of arrival. Thread-safe.
/// </summary>
public sealed class SparkplugHost(SparkplugShape shape)
{
    /// <summary>Maximum number of edge nodes; a dead one makes room.</summary>
    public const int MaximumNodes = 1_000;

    /// <summary>Maximum metrics of an edge node and its devices.</summary>
    public const int MaximumMetricsOfNode = 5_000;

    /// <summary>Maximum metrics of all edge nodes; about 500 bytes each.</summary>
    public const int MaximumMetrics = 100_000;

    /// <summary>Minimum time between two requests to one edge node.</summary>
    public static readonly TimeSpan MinimumBetweenRequests = TimeSpan.FromSeconds(5);

    private const string BirthDeathSequence = "bdSeq";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, SparkplugNode> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Group, string Node), DateTimeOffset> _asked = [];
    private int _metrics;

    /// <summary>Processes a message of an edge node or device.</summary>
    /// <param name="topic">Its topic: a birth, a death or data.</param>
    /// <param name="payload">Its payload.</param>
    /// <param name="message">How it was delivered.</param>
    /// <param name="receivedAt">Server time of arrival.</param>
    public SparkplugAnswer Receive(SparkplugTopic topic, SparkplugPayload payload, SourceMessage message, DateTimeOffset receivedAt)
    {
        lock (_lock)
        {
            var outcomes = new SparkplugOutcomes();
            var needsBirth = false;
            try
            {
                needsBirth = Receive(topic, payload, message, receivedAt, outcomes);
            }
            catch (RejectedException rejected)
            {
                outcomes.Reject(rejected.Rejection);
            }

            return new(outcomes.Take(), needsBirth && MayAsk(topic.Group, topic.Node, receivedAt));
        }
    }

    /// <summary>True to request a rebirth now from an edge node known before the start.</summary>
    public bool Expect(string group, string node, DateTimeOffset now)
    {
        lock (_lock)
            return MayAsk(group, node, now);
    }

    private bool Receive(SparkplugTopic topic, SparkplugPayload payload, SourceMessage message, DateTimeOffset receivedAt, SparkplugOutcomes outcomes)
    {
        if (message.Retained)
            throw new RejectedException(RejectionReason.InvalidField, "The message is retained, which Sparkplug forbids: it may be out of date.");

        var known = Find(topic);
        if (topic.Kind is SparkplugMessageKind.NodeBirth)
        {
            BearNode(known, topic, payload, message, receivedAt, outcomes);
            return false;
        }

        if (topic.Kind is SparkplugMessageKind.NodeDeath)
        {
            Bury(known, topic, payload, message, receivedAt, outcomes);
            return false;
        }

        known?.Follow(payload.Sequence, message.Redelivered);
        switch (topic.Kind)
        {
            case SparkplugMessageKind.DeviceBirth:
                known ??= Add(topic);
                known.NeedsBirth |= known.Own is null;
                BearDevice(known, topic, payload, message, receivedAt, outcomes);
                break;
            case SparkplugMessageKind.DeviceDeath:
                BuryDevice(known, topic, payload, message, receivedAt, outcomes);
                break;
            default:
                var owner = topic.Device is null ? known?.Own : DeviceOf(known, topic.Device);
                if (owner is null)
                {
                    outcomes.Reject(new(RejectionReason.UnknownMetric, "The birth of this edge node or device has not been seen; a rebirth is requested."));
                    return true;
                }

                known!.NeedsBirth |= !owner.Read(payload, message, receivedAt, outcomes);
                break;
        }

        return known?.NeedsBirth ?? true;
    }

    private void BearNode(
        SparkplugNode? known, SparkplugTopic topic, SparkplugPayload payload, SourceMessage message, DateTimeOffset receivedAt, SparkplugOutcomes outcomes)
    {
        var node = known ?? Add(topic);
        Room(payload.Metrics.Count, node.Count, 0);
        var own = new SparkplugOwner(shape, "", Prefix(topic), Facts(topic), payload.Metrics, outcomes);
        _metrics += own.Count - node.Count;
        node.Bear(own, Number(payload), payload.Sequence);
        Greet(own, payload, message, receivedAt, outcomes);
    }

    private void BearDevice(
        SparkplugNode node, SparkplugTopic topic, SparkplugPayload payload, SourceMessage message, DateTimeOffset receivedAt, SparkplugOutcomes outcomes)
    {
        var old = DeviceOf(node, topic.Device!)?.Count ?? 0;
        Room(payload.Metrics.Count, old, node.Count - old);
        var device = new SparkplugOwner(shape, topic.Device!, DevicePrefix(topic), Facts(topic), payload.Metrics, outcomes);
        _metrics += device.Count - old;
        node.Devices[SparkplugName.Part(topic.Device!)] = device;
        Greet(device, payload, message, receivedAt, outcomes);
    }

    private static void Greet(SparkplugOwner owner, SparkplugPayload payload, SourceMessage message, DateTimeOffset receivedAt, SparkplugOutcomes outcomes)
    {
        foreach (var sensorId in owner.SensorIds)
            outcomes.Say(Word(sensorId, isOnline: true, receivedAt, message));
        owner.Read(payload, message, receivedAt, outcomes);
    }

    private void Bury(
        SparkplugNode? known, SparkplugTopic topic, SparkplugPayload payload, SourceMessage message, DateTimeOffset receivedAt, SparkplugOutcomes outcomes)
    {
        // A will published late by the broker, after the node has returned.
        if (known?.BirthDeathSequence is { } birth && Number(payload) is { } death && birth != death)
            return;
        if (known is not null)
        {
            _metrics -= known.Count;
            known.Die();
        }

        // It has the time of the connection, at which the broker received the will.
        outcomes.Say(Word(Prefix(topic), isOnline: false, receivedAt, message) with { IsPrefix = true });
    }

    private void BuryDevice(
        SparkplugNode? known, SparkplugTopic topic, SparkplugPayload payload, SourceMessage message, DateTimeOffset receivedAt, SparkplugOutcomes outcomes)
    {
        if (DeviceOf(known, topic.Device!) is { } device)
        {
            _metrics -= device.Count;
            known!.Devices.Remove(SparkplugName.Part(device.Name));
        }

        var at = payload.Timestamp is { } sent ? SparkplugOwner.Timestamp(sent, receivedAt) : receivedAt;
        outcomes.Say(Word(DevicePrefix(topic), isOnline: false, at < receivedAt ? at : receivedAt, message) with { IsPrefix = true });
    }

    private SparkplugNode? Find(SparkplugTopic topic)
    {
        if (_nodes.GetValueOrDefault(Prefix(topic)) is not { } node)
            return null;
        return (node.Group, node.Name) == (topic.Group, topic.Node) ? node : throw Alike($"{topic.Group}/{topic.Node}", $"{node.Group}/{node.Name}");
    }

    private static SparkplugOwner? DeviceOf(SparkplugNode? node, string name)
    {
        if (node?.Devices.GetValueOrDefault(SparkplugName.Part(name)) is not { } device)
            return null;
        return device.Name == name ? device : throw Alike(name, device.Name);
    }

    private SparkplugNode Add(SparkplugTopic topic)
    {
        if (_nodes.Count >= MaximumNodes)
        {
            var dead = _nodes.FirstOrDefault(entry => entry.Value.IsDead).Key
                ?? throw new RejectedException(RejectionReason.TooManyMetrics, $"{MaximumNodes:N0} edge nodes are known already.");
            _nodes.Remove(dead);
        }

        var node = new SparkplugNode(topic.Group, topic.Node);
        _nodes.Add(Prefix(topic), node);
        return node;
    }

    /// <summary>Rejects a birth that exceeds the limits.</summary>
    /// <param name="count">Number of its metrics.</param>
    /// <param name="replaced">Number of metrics it replaces.</param>
    /// <param name="beside">Number of other metrics of its node.</param>
    private void Room(int count, int replaced, int beside)
    {
        if (count + beside > MaximumMetricsOfNode)
            throw new RejectedException(RejectionReason.TooManyMetrics, $"The edge node and its devices would have {count + beside:N0} metrics; the limit is {MaximumMetricsOfNode:N0}.");
        if (_metrics - replaced + count > MaximumMetrics)
            throw new RejectedException(RejectionReason.TooManyMetrics, $"All edge nodes would have {_metrics - replaced + count:N0} metrics; the limit is {MaximumMetrics:N0}.");
    }

    private bool MayAsk(string group, string node, DateTimeOffset now)
    {
        if (_asked.TryGetValue((group, node), out var asked) && (now - asked).Duration() < MinimumBetweenRequests)
            return false;
        if (_asked.Count >= MaximumNodes)
        {
            foreach (var old in _asked.Where(entry => (now - entry.Value).Duration() >= MinimumBetweenRequests).Select(entry => entry.Key).ToArray())
                _asked.Remove(old);
            if (_asked.Count >= MaximumNodes)
                return false;
        }

        _asked[(group, node)] = now;
        return true;
    }

    private static ulong? Number(SparkplugPayload payload)
    {
        foreach (var metric in payload.Metrics)
        {
            if (metric is { Name: BirthDeathSequence, IsNull: false, Value.Kind: SparkplugValueKind.Whole32 or SparkplugValueKind.Whole64 })
                return metric.Value.Bits;
        }

        return null;
    }

    private static SensorStatusChange Word(string sensorId, bool isOnline, DateTimeOffset at, SourceMessage message) =>
        new(sensorId, isOnline, EventRules.WholeMicroseconds(at)) { Redelivered = message.Redelivered };

    private static string Prefix(SparkplugTopic topic) => SparkplugName.Prefix(SparkplugName.Part(topic.Group), SparkplugName.Part(topic.Node));

    private static string DevicePrefix(SparkplugTopic topic) => Prefix(topic) + SparkplugName.Prefix(SparkplugName.Part(topic.Device!));

    // The source identifies the edge node, so that its rebirth can be requested after a start.
    private static SensorFacts Facts(SparkplugTopic topic) => new(
        topic.Device is null ? $"{topic.Group}, {topic.Node}" : $"{topic.Group}, {topic.Node}, {topic.Device}",
        null,
        null,
        SparkplugTopic.OfNode(topic.Group, topic.Node),
        null);

    private static RejectedException Alike(string name, string other) => new(
        RejectionReason.InvalidSensorId, $"{name} and {other} would give the same sensor ids; the first of them keeps them.");
}
