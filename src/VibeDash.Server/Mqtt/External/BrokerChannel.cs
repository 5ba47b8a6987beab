using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using MQTTnet.Adapter;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using VibeDash.Core.Payloads;
using VibeDash.Core.Readings;
using VibeDash.Core.Sparkplug;

namespace VibeDash.Server.Mqtt.External;

/// <summary>
/// A connection to a broker, between its stream and MQTTnet's client. Handles messages itself, many per read, and sends acknowledgements many per
/// write; everything else is left to the client. The client would allocate the whole packet, several objects and a task per message, and write each
/// acknowledgement separately. One reader; <see cref="Acknowledge"/> is thread-safe.
/// </summary>
internal sealed class BrokerChannel(Func<Stream> stream, IMqttChannelAdapter inner, Func<SourceMessage, KnownTexts, ValueTask> receive) : ChannelDecorator(inner)
{
    // A longer packet is not kept whole: its payload is rejected for its length. The allowance beside the longest payload is for the topic.
    private const int MaximumPacket = SparkplugPayload.MaximumBytes + (128 * 1024);

    private const int FixedHeaderLength = 5;
    private const int AcknowledgementLength = 4;
    private const byte PubAck = 0x40;

    private readonly KnownTexts _known = new();
    private readonly SemaphoreSlim _sending = new(1, 1);

    // A broker has at most 65,535 messages in flight, each with its own identifier.
    private readonly Channel<ushort> _acknowledgements = Channel.CreateBounded<ushort>(new BoundedChannelOptions(ushort.MaxValue) { SingleReader = true });

    // While the event loop has no room, nothing is read, including answers to the client's pings. Such a ping is answered here, and the broker's own
    // answer is then discarded.
    private Task _receiving = Task.CompletedTask;
    private TaskCompletionSource _pinged = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _pingsAnswered;

    private byte[] _buffer = new byte[128 * 1024];
    private int _start, _end;
    private long _bytesReceived;

    /// <inheritdoc/>
    public override long BytesReceived => _bytesReceived;

    /// <inheritdoc/>
    public override async Task SendPacketAsync(MqttPacket packet, CancellationToken cancellationToken)
    {
        if (packet is MqttPingReqPacket)
            _pinged.TrySetResult();
        await _sending.WaitAsync(cancellationToken);
        try
        {
            await base.SendPacketAsync(packet, cancellationToken);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Passes messages to the event loop until a packet for the client arrives; null at the end of the connection.</summary>
    public override async Task<MqttPacket?> ReceivePacketAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (!_receiving.IsCompleted && await Task.WhenAny(_receiving, _pinged.Task) != _receiving)
            {
                _pingsAnswered++;
                return Pong();
            }

            await _receiving;
            int headerLength, bodyLength;
            while (!TryReadFixedHeader(out headerLength, out bodyLength))
            {
                if (!await ReadAsync(FixedHeaderLength, cancellationToken))
                    return null;
            }

            var wholeLength = headerLength + bodyLength;
            var keptLength = Math.Min(wholeLength, MaximumPacket);
            while (_end - _start < keptLength)
            {
                if (!await ReadAsync(keptLength, cancellationToken))
                    return null;
            }

            var header = _buffer[_start];
            var body = new ArraySegment<byte>(_buffer, _start + headerLength, keptLength - headerLength);
            _start += keptLength;
            switch ((MqttControlPacketType)(header >> 4))
            {
                case MqttControlPacketType.Publish:
                    var received = receive(Message(header, body, bodyLength - body.Count), _known);
                    if (!received.IsCompletedSuccessfully)
                        _receiving = received.AsTask();
                    if (wholeLength > keptLength)
                    {
                        // The following bytes are read into the same buffer.
                        await _receiving;
                        if (!await SkipAsync(wholeLength - keptLength, cancellationToken))
                            return null;
                    }

                    break;
                case MqttControlPacketType.PingResp when _pingsAnswered > 0:
                    _pingsAnswered--;
                    break;
                case MqttControlPacketType.PingResp:
                    return Pong();
                default:
                    return PacketFormatterAdapter.Decode(new ReceivedMqttPacket(header, body, wholeLength));
            }
        }
    }

    /// <summary>Queues an acknowledgement.</summary>
    public void Acknowledge(ushort packetId) => _acknowledgements.Writer.TryWrite(packetId);

    /// <summary>Sends queued acknowledgements in order until cancelled, outside the event loop: a slow broker must not delay the next commit.</summary>
    /// <exception cref="Exception">The connection is lost: the broker redelivers unacknowledged messages, and the event loop recognises duplicates.</exception>
    public async Task SendAcknowledgementsAsync(CancellationToken cancellationToken)
    {
        var packets = new byte[1024 * AcknowledgementLength];

        // The wait takes no token, because closing the writer ends it and costs nothing per wait.
        await using var closing = cancellationToken.Register(() => _acknowledgements.Writer.TryComplete());
        while (await _acknowledgements.Reader.WaitToReadAsync(CancellationToken.None))
        {
            var length = 0;
            for (; length < packets.Length && _acknowledgements.Reader.TryRead(out var packetId); length += AcknowledgementLength)
            {
                packets[length] = PubAck;
                packets[length + 1] = AcknowledgementLength - 2;
                BinaryPrimitives.WriteUInt16BigEndian(packets.AsSpan(length + 2), packetId);
            }

            await _sending.WaitAsync(cancellationToken);
            try
            {
                await stream().WriteAsync(packets.AsMemory(0, length), cancellationToken);
            }
            finally
            {
                _sending.Release();
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>MQTT's fixed header: one byte, and the remaining length in one to four bytes of seven bits.</summary>
    private bool TryReadFixedHeader(out int headerLength, out int bodyLength)
    {
        headerLength = bodyLength = 0;
        var available = _buffer.AsSpan(_start, _end - _start);
        for (var i = 1; i < available.Length; i++)
        {
            bodyLength |= (available[i] & 0x7F) << (7 * (i - 1));
            headerLength = i + 1;
            if ((available[i] & 0x80) == 0)
                return true;
            if (i == FixedHeaderLength - 1)
                throw new MqttProtocolViolationException("The broker sent a packet whose length is malformed.");
        }

        return false;
    }

    /// <summary>Answers a ping; the broker's next answer is then discarded.</summary>
    private MqttPingRespPacket Pong()
    {
        _pinged = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return MqttPingRespPacket.Instance;
    }

    private SourceMessage Message(byte header, ArraySegment<byte> body, int bytesLeftOut)
    {
        var topicLength = BinaryPrimitives.ReadUInt16BigEndian(body);
        var qualityOfService = (header >> 1) & 3;
        var rest = body[(2 + topicLength)..];
        ushort packetId = 0;
        if (qualityOfService > 0)
        {
            packetId = BinaryPrimitives.ReadUInt16BigEndian(rest);
            rest = rest[2..];
        }

        var message = new SourceMessage(_known.Get(body.AsSpan(2, topicLength)), rest)
        {
            PacketId = packetId,
            Redelivered = (header & 8) != 0,
            Retained = (header & 1) != 0,
        };
        if (PacketFormatterAdapter.ProtocolVersion == MqttProtocolVersion.V500)
        {
            // Messages with properties are left to the library, except truncated ones.
            message = rest is [0, ..] || bytesLeftOut > 0
                ? message with { Payload = rest[1..] }
                : WithProperties(message, (MqttPublishPacket)PacketFormatterAdapter.Decode(new ReceivedMqttPacket(header, body, body.Count)));
        }

        return message with { PayloadBytes = message.Payload.Length + bytesLeftOut };
    }

    private static SourceMessage WithProperties(SourceMessage message, MqttPublishPacket packet) => message with
    {
        Payload = packet.Payload.ToArray(),
        ContentType = packet.ContentType,
        UserProperties = UserProperties.Of(packet.UserProperties),
    };

    private async ValueTask<bool> SkipAsync(int length, CancellationToken cancellationToken)
    {
        while (length > 0)
        {
            if (_start == _end && !await ReadAsync(1, cancellationToken))
                return false;
            var skipped = Math.Min(length, _end - _start);
            _start += skipped;
            length -= skipped;
        }

        return true;
    }

    /// <summary>Reads more bytes, with room for a packet of <paramref name="packetLength"/>; false at the end of the connection.</summary>
    // Pooled: at low rates there is one read per message.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> ReadAsync(int packetLength, CancellationToken cancellationToken)
    {
        if (_buffer.Length - _start < packetLength || _end == _buffer.Length)
        {
            var target = packetLength <= _buffer.Length ? _buffer : new byte[packetLength];
            _buffer.AsSpan(_start, _end - _start).CopyTo(target);
            (_buffer, _start, _end) = (target, 0, _end - _start);
        }
        else if (_start == _end)
        {
            _start = _end = 0;
        }

        var read = await stream().ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += read;
        _bytesReceived += read;
        return read > 0;
    }
}
