using MQTTnet.Protocol;
using VibeDash.Server.Mqtt.Embedded;

namespace VibeDash.Server.Mqtt.External;

/// <summary>
/// Follows the packets in a stream of bytes by their fixed headers, to refuse one by the length it announces: whoever reads it would set aside
/// that much memory before the first byte of it is there. Not thread-safe.
/// </summary>
internal struct PacketFollower
{
    private const int MaximumLength = 4;

    private const int Publish = 3;

    private int _header;
    private bool _isMessage;
    private int _length;
    private int _left;

    /// <summary>True in the middle of a packet.</summary>
    public readonly bool IsUnderWay => _header > 0 || _left > 0;

    /// <summary>Bytes of the packet that are still to come, once its length is known.</summary>
    public readonly int Left => _left;

    /// <summary>Goes on by <paramref name="bytes"/>.</summary>
    /// <exception cref="RefusedPacketException">A packet announces more than <see cref="EmbeddedBrokerLimits"/> allow, or no length at all.</exception>
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

    // One byte of type, then the length: seven bits a byte, the lowest first, the eighth bit telling that another one follows.
    private void FollowHeader(byte next)
    {
        if (_header++ == 0)
        {
            _isMessage = next >> 4 == Publish;
            return;
        }

        _length |= (next & 127) << (7 * (_header - 2));
        var longest = _isMessage ? EmbeddedBrokerLimits.MessageBytes : EmbeddedBrokerLimits.PacketBytes;
        if (_length > longest)
            throw new RefusedPacketException(MqttDisconnectReasonCode.PacketTooLarge, $"A packet of this kind may have {longest:N0} bytes; it announces more.");
        if ((next & 128) == 0)
            (_left, _length, _header) = (_length, 0, 0);
        else if (_header > MaximumLength)
            throw new RefusedPacketException(MqttDisconnectReasonCode.MalformedPacket, "The length of a packet has no end.");
    }
}
