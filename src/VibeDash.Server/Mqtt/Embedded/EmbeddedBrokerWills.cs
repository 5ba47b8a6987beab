using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MQTTnet.Packets;
using MQTTnet.Server;
using VibeDash.Core.Payloads;
using VibeDash.Core.Readings;
using VibeDash.Server.Sources;

namespace VibeDash.Server.Mqtt.Embedded;

/// <summary>
/// The last wills of the embedded broker's clients, published by the broker when a client disconnects without DISCONNECT. They are not packets of a
/// client, so <see cref="EmbeddedBrokerChannel"/> does not see them. Thread-safe.
/// </summary>
internal sealed class EmbeddedBrokerWills(MessageIntake intake, TopicSources sources, CancellationToken stopping)
{
    // A will is published with the same byte array that CONNECT contained: identified by reference, and released with it.
    private readonly ConditionalWeakTable<byte[], MqttConnectPacket> _wills = [], _forgotten = [];

    /// <summary>Registers the will of a connecting client.</summary>
    public void Connect(MqttConnectPacket connect)
    {
        if (connect is { WillFlag: true, WillMessage.Length: > 0 })
            _wills.AddOrUpdate(connect.WillMessage, connect);
    }

    /// <summary>A client whose key is no longer valid says nothing any more.</summary>
    public void Forget(MqttConnectPacket connect)
    {
        if (connect.WillMessage is { } will)
            _forgotten.AddOrUpdate(will, connect);
    }

    /// <summary>Called for every message the broker publishes: a will is received like any message.</summary>
    public async Task PublishAsync(InterceptingPublishEventArgs publishing)
    {
        var message = publishing.ApplicationMessage;
        if (Is(_forgotten, message.Payload))
        {
            publishing.ProcessPublish = false;
            return;
        }

        if (!Is(_wills, message.Payload) || sources.Find(message.Topic) is not { } source || stopping.IsCancellationRequested)
            return;

        // The sender is gone, so there is no answer.
        var received = new SourceMessage(message.Topic, message.Payload.ToArray())
        {
            ContentType = message.ContentType,
            UserProperties = UserProperties.Of(message.UserProperties),
        };
        await intake.ReceiveAsync(source, received, new KnownTexts(), static _ => { }, stopping);
    }

    private static bool Is(ConditionalWeakTable<byte[], MqttConnectPacket> wills, ReadOnlySequence<byte> payload) =>
        MemoryMarshal.TryGetArray(payload.First, out var bytes) && bytes.Array is { } array && wills.TryGetValue(array, out _);
}
