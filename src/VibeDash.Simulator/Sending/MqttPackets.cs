using System.Buffers.Binary;
using System.Text;

namespace VibeDash.Simulator.Sending;

/// <summary>The MQTT 5 packets that a publisher at QoS 1 writes and reads (OASIS MQTT 5.0, chapter 3).</summary>
internal static class MqttPackets
{
    /// <summary>First byte of CONNACK.</summary>
    public const byte ConnackType = 0x20;

    /// <summary>First byte of PUBACK.</summary>
    public const byte PubackType = 0x40;

    /// <summary>First byte of DISCONNECT.</summary>
    public const byte DisconnectType = 0xE0;

    /// <summary>Maximum number of bytes in a PUBLISH in addition to topic and payload.</summary>
    public const int PublishOverhead = 1 + 4 + 2 + 2 + 1;

    /// <summary>The lowest reason code that is a refusal.</summary>
    public const byte FirstFailure = 0x80;

    private const byte PublishAtLeastOnce = 0x32;
    private const byte DuplicateFlag = 0x08;
    private const byte ReceiveMaximum = 0x21;
    private const byte ServerKeepAlive = 0x13;

    /// <summary>PINGREQ, which the broker answers with PINGRESP.</summary>
    public static ReadOnlySpan<byte> PingRequest => [0xC0, 0];

    /// <summary>DISCONNECT, normal disconnection.</summary>
    public static ReadOnlySpan<byte> Disconnect => [0xE0, 0];

    /// <summary>CONNECT with a clean start.</summary>
    /// <param name="clientId">The client id.</param>
    /// <param name="user">User name; null for none.</param>
    /// <param name="password">Password; null for none.</param>
    /// <param name="keepAlive">Keep-alive time in whole seconds; the broker may end the connection after one and a half times as long without a packet.</param>
    public static byte[] Connect(string clientId, string? user, string? password, TimeSpan keepAlive)
    {
        const byte cleanStart = 0x02;
        var flags = (byte)(cleanStart | (user is null ? 0 : 0x80) | (password is null ? 0 : 0x40));
        List<byte> body = [.. Text("MQTT"), 5, flags, .. Number((ushort)keepAlive.TotalSeconds), 0, .. Text(clientId)];
        if (user is not null)
            body.AddRange(Text(user));
        if (password is not null)
            body.AddRange(Text(password));

        Span<byte> length = stackalloc byte[4];
        return [0x10, .. length[..WriteLength(length, body.Count)], .. body];

        static byte[] Text(string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            return [.. Number(checked((ushort)bytes.Length)), .. bytes];
        }

        static byte[] Number(ushort number) => [(byte)(number >> 8), (byte)number];
    }

    /// <summary>Reads CONNACK.</summary>
    /// <param name="body">The packet without its fixed header.</param>
    /// <returns>The reason code, 0 for success; the receive maximum; the keep-alive time that the broker demands, or zero.</returns>
    public static (byte Reason, int ReceiveMaximum, TimeSpan KeepAlive) ReadConnack(ReadOnlySpan<byte> body)
    {
        var reason = body[1];
        var receiveMaximum = 65_535;
        var keepAlive = TimeSpan.Zero;
        if (body.Length < 3)
            return (reason, receiveMaximum, keepAlive);
        var properties = body[2..];
        TryReadLength(properties, out var total, out var used);
        properties = properties.Slice(used, total);
        while (properties.Length > 0)
        {
            var id = properties[0];
            properties = properties[1..];
            if (id == ReceiveMaximum)
                receiveMaximum = BinaryPrimitives.ReadUInt16BigEndian(properties);
            else if (id == ServerKeepAlive)
                keepAlive = TimeSpan.FromSeconds(BinaryPrimitives.ReadUInt16BigEndian(properties));
            properties = properties[PropertyLength(id, properties)..];
        }

        return (reason, receiveMaximum, keepAlive);
    }

    /// <summary>Writes a PUBLISH at QoS 1 up to its payload.</summary>
    /// <param name="packet">The buffer.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="packetId">The packet id, not 0; the answer carries it.</param>
    /// <param name="duplicate">True when the event was sent before.</param>
    /// <param name="payloadLength">Length of the payload, in bytes.</param>
    /// <returns>Number of bytes written.</returns>
    public static int StartPublish(Span<byte> packet, ReadOnlySpan<byte> topic, ushort packetId, bool duplicate, int payloadLength)
    {
        packet[0] = duplicate ? (byte)(PublishAtLeastOnce | DuplicateFlag) : PublishAtLeastOnce;
        var at = 1 + WriteLength(packet[1..], 2 + topic.Length + 2 + 1 + payloadLength);
        BinaryPrimitives.WriteUInt16BigEndian(packet[at..], (ushort)topic.Length);
        topic.CopyTo(packet[(at + 2)..]);
        at += 2 + topic.Length;
        BinaryPrimitives.WriteUInt16BigEndian(packet[at..], packetId);
        packet[at + 2] = 0;
        return at + 3;
    }

    /// <summary>Reads PUBACK.</summary>
    /// <param name="body">The packet without its fixed header.</param>
    public static (ushort PacketId, byte Reason) ReadPuback(ReadOnlySpan<byte> body) =>
        (BinaryPrimitives.ReadUInt16BigEndian(body), body.Length > 2 ? body[2] : (byte)0);

    /// <summary>Reads the length of a packet or of its properties (a variable byte integer).</summary>
    /// <returns>False when the length is not complete yet.</returns>
    public static bool TryReadLength(ReadOnlySpan<byte> bytes, out int length, out int used)
    {
        (length, used) = (0, 0);
        while (used < bytes.Length && used < 4)
        {
            var part = bytes[used];
            length |= (part & 0x7F) << (7 * used++);
            if ((part & 0x80) == 0)
                return true;
        }

        return used < 4 ? false : throw new InvalidDataException("A length has more than four bytes.");
    }

    private static int WriteLength(Span<byte> bytes, int length)
    {
        var used = 0;
        do
        {
            bytes[used++] = (byte)((length & 0x7F) | (length > 0x7F ? 0x80 : 0));
            length >>= 7;
        }
        while (length > 0);
        return used;
    }

    // The properties that CONNACK may have.
    private static int PropertyLength(byte id, ReadOnlySpan<byte> value) => id switch
    {
        0x24 or 0x25 or 0x28 or 0x29 or 0x2A => 1,
        ReceiveMaximum or ServerKeepAlive or 0x22 => 2,
        0x11 or 0x27 => 4,
        0x12 or 0x15 or 0x16 or 0x1A or 0x1C or 0x1F => 2 + BinaryPrimitives.ReadUInt16BigEndian(value),
        0x26 => 2 + BinaryPrimitives.ReadUInt16BigEndian(value) is var name ? name + 2 + BinaryPrimitives.ReadUInt16BigEndian(value[name..]) : 0,
        _ => throw new InvalidDataException($"CONNACK has the unknown property {id}."),
    };
}
