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
/// The last wills of the embedded broker's clients: what the broker publishes in their name when they are gone without a word. No client sends
/// that as a packet, so <see cref="EmbeddedBrokerChannel"/> does not see it. Thread-safe.
/// </summary>
internal sealed class EmbeddedBrokerWills(MessageIntake intake, TopicSources sources, CancellationToken stopping)
{
    // A will is published from the very bytes that came with the connection; they are known by their identity, and forgotten with it.
    private readonly ConditionalWeakTable<byte[], MqttConnectPacket> _wills = [];

    /// <summary>A client connects.</summary>
    public void Connect(MqttConnectPacket connect)
    {
        if (connect is { WillFlag: true, WillMessage.Length: > 0 })
            _wills.AddOrUpdate(connect.WillMessage, connect);
    }

    /// <summary>The broker publishes something: if it is a will, it is received as any message.</summary>
    public async Task PublishAsync(InterceptingPublishEventArgs publishing)
    {
        var message = publishing.ApplicationMessage;
        if (!IsWill(message.Payload) || sources.Find(message.Topic) is not { } source || stopping.IsCancellationRequested)
            return;

        // Who would have to be answered is gone.
        var received = new SourceMessage(message.Topic, message.Payload.ToArray())
        {
            ContentType = message.ContentType,
            UserProperties = UserProperties.Of(message.UserProperties),
        };
        await intake.ReceiveAsync(source, received, new KnownTexts(), static _ => { }, stopping);
    }

    private bool IsWill(ReadOnlySequence<byte> payload) =>
        MemoryMarshal.TryGetArray(payload.First, out var bytes) && bytes.Array is { } array && _wills.TryGetValue(array, out _);
}
