using System.Buffers.Binary;
using System.Text;

namespace VibeDash.Simulator.Sending;

/// <summary>The few MQTT 5 packets a publisher at QoS 1 writes and reads, as OASIS MQTT 5.0 lays them out.</summary>
internal static class MqttPackets
{
    /// <summary>First byte of an answer to CONNECT.</summary>
    public const byte ConnectAnswer = 0x20;

    /// <summary>First byte of an answer to PUBLISH.</summary>
    public const byte PublishAnswer = 0x40;

    /// <summary>First byte of the broker's farewell.</summary>
    public const byte Disconnect = 0xE0;

    /// <summary>Most bytes of a PUBLISH beside topic and payload.</summary>
    public const int PublishOverhead = 1 + 4 + 2 + 2 + 1;

    /// <summary>Reason codes from here on are refusals.</summary>
    public const byte FirstFailure = 0x80;

    private const byte PublishAtLeastOnce = 0x32;
    private const byte Duplicate = 0x08;
    private const byte ReceiveMaximum = 0x21;
    private const byte ServerKeepAlive = 0x13;

    /// <summary>A sign of life, which the broker answers with one.</summary>
    public static ReadOnlySpan<byte> Ping => [0xC0, 0];

    /// <summary>Says goodbye in order.</summary>
    public static ReadOnlySpan<byte> Goodbye => [0xE0, 0];

    /// <summary>CONNECT with a clean start.</summary>
    /// <param name="clientId">Identifies the connection at the broker.</param>
    /// <param name="user">User name; null is none.</param>
    /// <param name="password">Password; null is none.</param>
    /// <param name="keepAlive">The broker may end the connection when nothing comes for one and a half of this; whole seconds.</param>
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

    /// <summary>Reads an answer to CONNECT.</summary>
    /// <param name="body">What follows the packet's length.</param>
    /// <returns>The reason code, 0 for success; how many publishes may wait for their answer; the keep-alive time the broker wants, or zero.</returns>
    public static (byte Reason, int ReceiveMaximum, TimeSpan KeepAlive) ReadConnectAnswer(ReadOnlySpan<byte> body)
    {
        var reason = body[1];
        var most = 65_535;
        var keepAlive = TimeSpan.Zero;
        if (body.Length < 3)
            return (reason, most, keepAlive);
        var properties = body[2..];
        TryReadLength(properties, out var total, out var used);
        properties = properties.Slice(used, total);
        while (properties.Length > 0)
        {
            var id = properties[0];
            properties = properties[1..];
            if (id == ReceiveMaximum)
                most = BinaryPrimitives.ReadUInt16BigEndian(properties);
            else if (id == ServerKeepAlive)
                keepAlive = TimeSpan.FromSeconds(BinaryPrimitives.ReadUInt16BigEndian(properties));
            properties = properties[PropertyLength(id, properties)..];
        }

        return (reason, most, keepAlive);
    }

    /// <summary>Starts a PUBLISH at QoS 1; the payload is to follow.</summary>
    /// <param name="packet">Where to.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="packetId">Identifies the answer; not 0.</param>
    /// <param name="again">True when it was sent before.</param>
    /// <param name="payloadLength">Bytes of the payload.</param>
    /// <returns>Bytes written.</returns>
    public static int StartPublish(Span<byte> packet, ReadOnlySpan<byte> topic, ushort packetId, bool again, int payloadLength)
    {
        packet[0] = again ? (byte)(PublishAtLeastOnce | Duplicate) : PublishAtLeastOnce;
        var at = 1 + WriteLength(packet[1..], 2 + topic.Length + 2 + 1 + payloadLength);
        BinaryPrimitives.WriteUInt16BigEndian(packet[at..], (ushort)topic.Length);
        topic.CopyTo(packet[(at + 2)..]);
        at += 2 + topic.Length;
        BinaryPrimitives.WriteUInt16BigEndian(packet[at..], packetId);
        packet[at + 2] = 0;
        return at + 3;
    }

    /// <summary>Reads an answer to PUBLISH.</summary>
    /// <param name="body">What follows the packet's length.</param>
    public static (ushort PacketId, byte Reason) ReadPublishAnswer(ReadOnlySpan<byte> body) =>
        (BinaryPrimitives.ReadUInt16BigEndian(body), body.Length > 2 ? body[2] : (byte)0);

    /// <summary>Reads the length of a packet or of its properties.</summary>
    /// <returns>False when not all of it is there yet.</returns>
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

        return used < 4 ? false : throw new InvalidDataException("A length of more than four bytes.");
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

    // Those that an answer to CONNECT may have.
    private static int PropertyLength(byte id, ReadOnlySpan<byte> value) => id switch
    {
        0x24 or 0x25 or 0x28 or 0x29 or 0x2A => 1,
        ReceiveMaximum or ServerKeepAlive or 0x22 => 2,
        0x11 or 0x27 => 4,
        0x12 or 0x15 or 0x16 or 0x1A or 0x1C or 0x1F => 2 + BinaryPrimitives.ReadUInt16BigEndian(value),
        0x26 => 2 + BinaryPrimitives.ReadUInt16BigEndian(value) is var name ? name + 2 + BinaryPrimitives.ReadUInt16BigEndian(value[name..]) : 0,
        _ => throw new InvalidDataException($"An answer to CONNECT with the property {id}."),
    };
}
