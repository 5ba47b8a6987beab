using MQTTnet.Protocol;
using VibeDash.Server.Mqtt.Embedded;

namespace VibeDash.Server.Mqtt.External;

/// <summary>
/// Tracks the packets in a byte stream by their fixed headers, to refuse a packet by its announced length: the reader would allocate that much
/// memory before its first byte arrives. Not thread-safe.
/// </summary>
internal struct PacketFollower
{
    private const int MaximumLength = 4;

    private const int Publish = 3;

    private int _header;
    private bool _isMessage;
    private int _length;
    private int _left;

    /// <summary>True inside a packet.</summary>
    public readonly bool IsUnderWay => _header > 0 || _left > 0;

    /// <summary>Remaining bytes of the packet, once its length is known.</summary>
    public readonly int Left => _left;

    /// <summary>Advances by <paramref name="bytes"/>.</summary>
    /// <exception cref="RefusedPacketException">A packet announces more bytes than <see cref="EmbeddedBrokerLimits"/> allow, or a malformed length.</exception>
    public void Follow(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            if (_left > 0)
            {
                var skipped = Math.Min(_left, bytes.Length);
                _left -= skipped;
                bytes = bytes[skipped..];
                continue;
            }

            FollowHeader(bytes[0]);
            bytes = bytes[1..];
        }
    }

    // One byte of type, then the length: seven bits per byte, lowest first; the eighth bit is set when another byte follows.
    private void FollowHeader(byte next)
    {
        if (_header++ == 0)
        {
            _isMessage = next >> 4 == Publish;
            return;
        }

        _length |= (next & 127) << (7 * (_header - 2));
        var maximum = _isMessage ? EmbeddedBrokerLimits.MessageBytes : EmbeddedBrokerLimits.PacketBytes;
        if (_length > maximum)
            throw new RefusedPacketException(MqttDisconnectReasonCode.PacketTooLarge, $"A packet of this type may have at most {maximum:N0} bytes; it announces more.");
        if ((next & 128) == 0)
            (_left, _length, _header) = (_length, 0, 0);
        else if (_header > MaximumLength)
            throw new RefusedPacketException(MqttDisconnectReasonCode.MalformedPacket, "The length of a packet is malformed.");
    }
}
