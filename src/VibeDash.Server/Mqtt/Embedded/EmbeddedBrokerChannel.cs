using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using MQTTnet;
using MQTTnet.Adapter;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using VibeDash.Core.Payloads;
using VibeDash.Core.Readings;
using VibeDash.Server.Mqtt.External;
using VibeDash.Server.People;
using VibeDash.Server.Sources;

namespace VibeDash.Server.Mqtt.Embedded;

/// <summary>
/// A connection of the embedded broker, between socket and broker. Events are queued on arrival; a publish is answered after its commit. One
/// connection can thus have many events in one commit, which the broker's own hooks do not allow: they block the next packet until the previous
/// one is answered. Also enforces <see cref="EmbeddedBrokerLimits"/> on the client.
/// </summary>
internal sealed class EmbeddedBrokerChannel(
    IMqttChannelAdapter inner,
    EmbeddedBrokerSocket socket,
    EmbeddedBrokerConnections connections,
    MessageIntake intake,
    BrokerConnection connection,
    EmbeddedBrokerWills wills,
    Func<MqttConnectPacket, X509Certificate2?, ClientPermit?> admit,
    SignIns signIns,
    TimeProvider time,
    CancellationToken stopping) : ChannelDecorator(inner)
{
    private readonly ConcurrentDictionary<ushort, Task> _commits = [];
    private readonly Dictionary<ushort, string> _topicAliases = [];
    private readonly KnownTexts _known = new();
    private readonly HashSet<string> _topicFilters = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _unanswered = new(EmbeddedBrokerLimits.Unanswered, EmbeddedBrokerLimits.Unanswered);
    private ClientPermit? _permit;
    private IDisposable? _signIn;
    private bool _subscribes;
    private int _hasTurn;

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _signIn?.Dispose();
        PassTurn();
        if (_subscribes)
            connections.RemoveSubscriber();
        _subscribes = false;
    }

    /// <inheritdoc/>
    /// <exception cref="RefusedPacketException">The client exceeds a limit; its connection ends.</exception>
    public override async Task<MqttPacket?> ReceivePacketAsync(CancellationToken cancellationToken)
    {
        MqttPacket? packet = null;
        try
        {
            return packet = await NextAsync(cancellationToken);
        }
        finally
        {
            // Connects or disconnects: the next client with its id waits for this, regardless of cancellation.
            if (packet is null or MqttConnectPacket or MqttDisconnectPacket)
            {
                await connections.Turn.WaitAsync(CancellationToken.None);
                _hasTurn = 1;
            }
        }
    }

    /// <inheritdoc/>
    public override async Task SendPacketAsync(MqttPacket packet, CancellationToken cancellationToken)
    {
        switch (packet)
        {
            case MqttConnAckPacket connected:
                PassTurn();
                connected.MaximumPacketSize = EmbeddedBrokerLimits.MessageBytes;
                connected.TopicAliasMaximum = EmbeddedBrokerLimits.TopicAliases;
                connected.ReceiveMaximum = EmbeddedBrokerLimits.Unanswered;
                break;
            case MqttDisconnectPacket disconnect:
                await SendDisconnectAsync(disconnect);
                return;
        }

        var answers = packet is MqttPubAckPacket or MqttPubRecPacket or MqttPubRelPacket or MqttPubCompPacket or MqttSubAckPacket or MqttUnsubAckPacket or MqttPingRespPacket;
        try
        {
            // Answers are sent in the order of their publishes, so waiting here delays none that is ready.
            if (packet is MqttPubAckPacket or MqttPubRecPacket && _commits.TryRemove(((MqttPacketWithIdentifier)packet).PacketIdentifier, out var commit))
                await commit.WaitAsync(cancellationToken);
            await base.SendPacketAsync(packet, cancellationToken);
        }
        finally
        {
            if (answers)
                _unanswered.Release();
        }
    }

    // The key was revoked, or has expired.
    private async Task EndAsync(MqttConnectPacket connect)
    {
        _permit = null;
        wills.Forget(connect);
        if (PacketFormatterAdapter.ProtocolVersion == MqttProtocolVersion.V500)
            await SendDisconnectAsync(new() { ReasonCode = MqttDisconnectReasonCode.NotAuthorized });
        socket.Dispose();
    }

    private void PassTurn()
    {
        if (Interlocked.Exchange(ref _hasTurn, 0) == 1)
            connections.Turn.Release();
    }

    /// <summary>The next packet for the library.</summary>
    private async Task<MqttPacket?> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var packet = await base.ReceivePacketAsync(cancellationToken);
                if (packet is MqttPublishPacket { QualityOfServiceLevel: not MqttQualityOfServiceLevel.AtMostOnce }
                    or MqttPubRelPacket or MqttPubRecPacket or MqttSubscribePacket or MqttUnsubscribePacket or MqttPingReqPacket)
                    await _unanswered.WaitAsync(cancellationToken);

                switch (packet)
                {
                    case MqttConnectPacket connect when Refusal(connect) is { } refusal:
                        await SendPacketAsync(refusal, cancellationToken);
                        return null;
                    case MqttConnectPacket connect:
                        Receive(connect);
                        break;
                    case MqttPublishPacket publish when _permit?.MayPublish(Topic(publish)) != true:
                        await RefuseAsync(publish, cancellationToken);
                        continue;
                    case MqttPublishPacket publish:
                        await ReceiveAsync(publish, cancellationToken);
                        if (publish.Payload.Length <= EmbeddedBrokerLimits.PacketBytes)
                            break;
                        await AnswerAsync(publish, cancellationToken);
                        continue;
                    case MqttSubscribePacket subscribe when subscribe.TopicFilters.Exists(filter => _permit?.MaySubscribe(filter.Topic) != true):
                        await SendPacketAsync(RefusalPackets.Of(subscribe, MqttSubscribeReasonCode.NotAuthorized), cancellationToken);
                        continue;
                    case MqttSubscribePacket subscribe when !MaySubscribe(subscribe):
                        await SendPacketAsync(RefusalPackets.Of(subscribe, MqttSubscribeReasonCode.UnspecifiedError), cancellationToken);
                        continue;
                    case MqttDisconnectPacket { ReasonCode: MqttDisconnectReasonCode.DisconnectWithWillMessage }:
                        // The library publishes a will only when a connection ends without DISCONNECT.
                        return null;
                    case MqttUnsubscribePacket unsubscribe:
                        _topicFilters.ExceptWith(unsubscribe.TopicFilters);
                        break;
                }

                return packet;
            }
        }
        catch (Exception fault) when (fault.GetBaseException() is RefusedPacketException refused)
        {
            // The library wraps the fault of a read that did not complete synchronously.
            connections.Ended($"{RemoteEndPoint}", refused.Message);
            if (PacketFormatterAdapter.ProtocolVersion == MqttProtocolVersion.V500)
                await SendPacketAsync(new MqttDisconnectPacket { ReasonCode = refused.Reason, ReasonString = refused.Message }, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Time-limited, because the library waits for it before it serves others: the next client with the same id, or the keep-alive check.</summary>
    private async Task SendDisconnectAsync(MqttDisconnectPacket disconnect)
    {
        try
        {
            if (!stopping.IsCancellationRequested)
                await base.SendPacketAsync(disconnect, stopping).WaitAsync(EmbeddedBrokerLimits.DisconnectTimeout, time, stopping);
        }
        catch (Exception)
        {
            socket.Dispose();
        }
    }

    private void Receive(MqttConnectPacket connect)
    {
        // MQTT allows a client without an id, and mosquitto_pub connects so; the library refuses it in version 3.1.1.
        if (connect.CleanSession && string.IsNullOrEmpty(connect.ClientId))
            connect.ClientId = Guid.NewGuid().ToString("N");

        // Sessions and wills end with their connections; nothing is kept for later ones.
        if (!string.IsNullOrEmpty(connect.ClientId))
            connect.CleanSession = true;
        connect.WillDelayInterval = 0;
        connect.WillRetain = false;
        connect.UserProperties = null;
        wills.Connect(connect);
        if (_permit?.KeyId is { } key)
        {
            _signIn?.Dispose();
            _signIn = signIns.AddKey(key, () => _ = EndAsync(connect));
        }

        connections.Connected(socket);
    }

    private async Task ReceiveAsync(MqttPublishPacket publish, CancellationToken cancellationToken)
    {
        var topic = Topic(publish);
        publish.Retain = false;
        if (connection.Sources.Find(topic) is not { } source)
        {
            connection.Unread(topic);
            return;
        }

        connection.Received();

        var committed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (publish.QualityOfServiceLevel != MqttQualityOfServiceLevel.AtMostOnce)
            _commits[publish.PacketIdentifier] = committed.Task;

        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancellationToken);
        await intake.ReceiveAsync(source, Message(publish, topic), _known, _ => committed.TrySetResult(), either.Token);
    }

    /// <summary>Answers instead of the library, which would pass the message on to subscribers.</summary>
    private Task AnswerAsync(MqttPublishPacket publish, CancellationToken cancellationToken) => publish.QualityOfServiceLevel switch
    {
        MqttQualityOfServiceLevel.AtLeastOnce => SendPacketAsync(new MqttPubAckPacket { PacketIdentifier = publish.PacketIdentifier }, cancellationToken),
        MqttQualityOfServiceLevel.ExactlyOnce => SendPacketAsync(new MqttPubRecPacket { PacketIdentifier = publish.PacketIdentifier }, cancellationToken),
        _ => Task.CompletedTask,
    };

    // A publish with the retain flag is as new as any other here.
    private static SourceMessage Message(MqttPublishPacket publish, string topic) => new(topic, publish.Payload.ToArray())
    {
        ContentType = publish.ContentType,
        UserProperties = UserProperties.Of(publish.UserProperties),
        PacketId = publish.PacketIdentifier,
        Redelivered = publish.Dup,
    };

    private string Topic(MqttPublishPacket publish)
    {
        if (publish.TopicAlias > EmbeddedBrokerLimits.TopicAliases)
            throw new RefusedPacketException(MqttDisconnectReasonCode.TopicAliasInvalid, $"The maximum topic alias is {EmbeddedBrokerLimits.TopicAliases}; {publish.TopicAlias} was used.");
        if (publish.Topic?.Length > EmbeddedBrokerLimits.TopicLength)
            throw new RefusedPacketException(MqttDisconnectReasonCode.TopicNameInvalid, $"A topic may have at most {EmbeddedBrokerLimits.TopicLength:N0} characters; one has {publish.Topic.Length:N0}.");
        if (publish.TopicAlias == 0)
            return publish.Topic ?? "";
        if (!string.IsNullOrEmpty(publish.Topic))
            return _topicAliases[publish.TopicAlias] = publish.Topic;
        return _topicAliases.GetValueOrDefault(publish.TopicAlias)
            ?? throw new RefusedPacketException(MqttDisconnectReasonCode.TopicAliasInvalid, $"Topic alias {publish.TopicAlias} is not defined.");
    }

    private bool MaySubscribe(MqttSubscribePacket subscribe)
    {
        // Without a limit: the library keeps QoS 1 and 2 messages until they are acknowledged.
        foreach (var filter in subscribe.TopicFilters)
            filter.QualityOfServiceLevel = MqttQualityOfServiceLevel.AtMostOnce;

        if (!_subscribes)
            _subscribes = connections.TryAddSubscriber();
        var added = subscribe.TopicFilters.Select(filter => filter.Topic).ToHashSet(StringComparer.Ordinal);
        added.ExceptWith(_topicFilters);
        if (!_subscribes || _topicFilters.Count + added.Count > EmbeddedBrokerLimits.TopicFilters)
            return false;
        _topicFilters.UnionWith(added);
        return true;
    }

    /// <summary>Why a client is not let in; null when it is. Its last will is a message that it may publish, too.</summary>
    private MqttConnAckPacket? Refusal(MqttConnectPacket connect)
    {
        _permit = admit(connect, ClientCertificate);
        var (isKnown, mayPublishWill) = (_permit is not null, !connect.WillFlag || _permit?.MayPublish(connect.WillTopic) == true);
        if (isKnown && mayPublishWill)
            return null;
        connections.Ended(
            $"{RemoteEndPoint}",
            isKnown ? "Its key does not let it publish its last will."
            : ClientCertificate is { } certificate ? $"Its certificate ({certificate.Subject}) is that of no valid key."
            : "It has no valid key.");
        return isKnown || ClientCertificate is not null ? RefusalPackets.NotAuthorized() : RefusalPackets.WrongPassword();
    }

    /// <summary>Answers a publish to a topic that is not the client's. Where the protocol has no answer for that, the connection ends.</summary>
    private Task RefuseAsync(MqttPublishPacket publish, CancellationToken cancellationToken)
    {
        if (PacketFormatterAdapter.ProtocolVersion != MqttProtocolVersion.V500 || publish.QualityOfServiceLevel == MqttQualityOfServiceLevel.AtMostOnce)
            throw new RefusedPacketException(MqttDisconnectReasonCode.NotAuthorized, $"Its key does not let it publish to {Topic(publish)}.");
        connections.Ended($"{RemoteEndPoint}", $"Not closed; its key does not let it publish to {Topic(publish)}.");
        return SendPacketAsync(RefusalPackets.NotAuthorized(publish), cancellationToken);
    }
}
