using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using MQTTnet;
using MQTTnet.Adapter;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using VibeDash.Core.Payloads;
using VibeDash.Core.Sensors;

namespace VibeDash.Server.Ingestion;

/// <summary>
/// A connection of the embedded broker, seen from between the socket and the broker. Events are queued as they come in; the answer to a publish
/// goes out after its commit. So one connection can have many events in one commit, which the broker's own hooks do not allow: they would
/// hold up the next packet until the previous one is answered.
/// </summary>
internal sealed class EmbeddedBrokerChannel(
    IMqttChannelAdapter inner, EventQueue queue, BrokerConnection connection, EmbeddedBrokerWills wills, CancellationToken stopping) : IMqttChannelAdapter
{
    private readonly ConcurrentDictionary<ushort, Task> _commits = [];
    private readonly Dictionary<ushort, string> _topicAliases = [];
    private readonly KnownTexts _known = new();

    /// <inheritdoc/>
    public long BytesReceived => inner.BytesReceived;

    /// <inheritdoc/>
    public long BytesSent => inner.BytesSent;

    /// <inheritdoc/>
    public X509Certificate2 ClientCertificate => inner.ClientCertificate;

    /// <inheritdoc/>
    public EndPoint RemoteEndPoint => inner.RemoteEndPoint;

    /// <inheritdoc/>
    public EndPoint LocalEndPoint => inner.LocalEndPoint;

    /// <inheritdoc/>
    public bool IsSecureConnection => inner.IsSecureConnection;

    /// <inheritdoc/>
    public MqttPacketFormatterAdapter PacketFormatterAdapter => inner.PacketFormatterAdapter;

    /// <inheritdoc/>
    public Task ConnectAsync(CancellationToken cancellationToken) => inner.ConnectAsync(cancellationToken);

    /// <inheritdoc/>
    public Task DisconnectAsync(CancellationToken cancellationToken) => inner.DisconnectAsync(cancellationToken);

    /// <inheritdoc/>
    public void ResetStatistics() => inner.ResetStatistics();

    /// <inheritdoc/>
    public void Dispose() => inner.Dispose();

    /// <inheritdoc/>
    public async Task<MqttPacket> ReceivePacketAsync(CancellationToken cancellationToken)
    {
        var packet = await inner.ReceivePacketAsync(cancellationToken);
        switch (packet)
        {
            case MqttConnectPacket connect:
                // MQTT allows a client without an id, and mosquitto_pub comes so; the library refuses it in version 3.1.1.
                if (connect.CleanSession && string.IsNullOrEmpty(connect.ClientId))
                    connect.ClientId = Guid.NewGuid().ToString("N");
                wills.Connect(connect);
                break;
            case MqttPublishPacket publish:
                await ReceiveAsync(publish, cancellationToken);
                break;
        }

        return packet;
    }

    /// <inheritdoc/>
    public async Task SendPacketAsync(MqttPacket packet, CancellationToken cancellationToken)
    {
        // Answers go out in the order of their publishes, so waiting here holds back none that could go.
        if (packet is MqttPubAckPacket or MqttPubRecPacket && _commits.TryRemove(((MqttPacketWithIdentifier)packet).PacketIdentifier, out var commit))
            await commit.WaitAsync(cancellationToken);
        await inner.SendPacketAsync(packet, cancellationToken);
    }

    private async Task ReceiveAsync(MqttPublishPacket publish, CancellationToken cancellationToken)
    {
        var topic = Topic(publish);
        if (connection.Sources.Find(topic) is not { } source)
            return;
        connection.Received();

        var committed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (publish.QualityOfServiceLevel != MqttQualityOfServiceLevel.AtMostOnce)
            _commits[publish.PacketIdentifier] = committed.Task;

        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancellationToken);
        await queue.ReceiveAsync(source, Message(publish, topic), _known, _ => committed.TrySetResult(), either.Token);
    }

    // A publish that asks to be retained is as new as any other here.
    private static SourceMessage Message(MqttPublishPacket publish, string topic) => new(topic, publish.Payload.ToArray())
    {
        ContentType = publish.ContentType,
        UserProperties = UserProperties.Of(publish.UserProperties),
        PacketId = publish.PacketIdentifier,
        Redelivered = publish.Dup,
    };

    private string Topic(MqttPublishPacket publish)
    {
        if (publish.TopicAlias == 0)
            return publish.Topic;
        if (!string.IsNullOrEmpty(publish.Topic))
            return _topicAliases[publish.TopicAlias] = publish.Topic;
        return _topicAliases.GetValueOrDefault(publish.TopicAlias) ?? throw new MqttProtocolViolationException($"Topic alias {publish.TopicAlias} was never given.");
    }
}
