using System.Net;
using System.Net.Sockets;
using System.Text;

namespace VibeDash.Server.Tests.Hosting;

/// <summary>A client that sends arbitrary bytes and reads only on request.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    private RawClient()
    {
    }

    /// <summary>Opens the connection and sends nothing.</summary>
    public static async Task<RawClient> OpenAsync(TestBroker broker, int? receiveBuffer = null)
    {
        var client = new RawClient();
        if (receiveBuffer is { } bytes)
            client._socket.ReceiveBufferSize = bytes;
        await client._socket.ConnectAsync(IPAddress.Loopback, broker.Port, TestContext.Current.CancellationToken);
        return client;
    }

    /// <summary>Opens the connection and is connected as an MQTT client.</summary>
    public static async Task<RawClient> ConnectAsync(TestBroker broker, string clientId, bool version5 = false, int? receiveBuffer = null)
    {
        var client = await OpenAsync(broker, receiveBuffer);
        await client.SendAsync(Connect(clientId, version5));
        (await client.ReadAsync())[0].ShouldBe((byte)0x20);
        return client;
    }

    public static byte[] Connect(string clientId, bool version5 = false) =>
        Packet(0x10, [0, 4, .. "MQTT"u8, version5 ? (byte)5 : (byte)4, 2, 0, 0, .. version5 ? new byte[] { 0 } : [], .. Text(clientId)]);

    /// <summary>A publish; at MQTT 5 with its properties, which may be empty.</summary>
    public static byte[] Publish(string topic, ReadOnlySpan<byte> payload, int qos = 0, int packetId = 1, bool retain = false, byte[]? properties = null) => Packet(
        (byte)(0x30 | (qos << 1) | (retain ? 1 : 0)),
        [
            .. Text(topic), .. qos > 0 ? new[] { (byte)(packetId >> 8), (byte)packetId } : [],
            .. properties is null ? [] : new[] { (byte)properties.Length }, .. properties ?? [], .. payload,
        ]);

    public static byte[] Subscribe(params string[] filters) => Packet(0x82, [0, 1, .. filters.SelectMany(filter => (byte[])[.. Text(filter), 1])]);

    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await _socket.SendAsync(bytes, TestContext.Current.CancellationToken);

    /// <summary>Sends one byte at a time until the broker closes the connection.</summary>
    public async Task DribbleAsync(ReadOnlyMemory<byte> bytes, TimeSpan pause)
    {
        try
        {
            for (var i = 0; i < bytes.Length; i++)
            {
                await SendAsync(bytes.Slice(i, 1));
                await Task.Delay(pause, TimeProvider.System, TestContext.Current.CancellationToken);
            }
        }
        catch (SocketException)
        {
        }
    }

    /// <summary>Received bytes, at least one; empty when the broker has closed the connection.</summary>
    public async Task<byte[]> ReadAsync()
    {
        var buffer = new byte[4096];
        try
        {
            return buffer[..await _socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken)];
        }
        catch (SocketException)
        {
            return [];
        }
    }

    /// <summary>Completes when the broker has closed the connection; returns all bytes received before.</summary>
    public async Task<byte[]> EndedAsync()
    {
        var all = new List<byte>();
        while (await ReadAsync() is { Length: > 0 } some)
            all.AddRange(some);
        return [.. all];
    }

    public void Dispose() => _socket.Dispose();

    private static byte[] Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return [(byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes];
    }

    private static byte[] Packet(byte type, byte[] body)
    {
        List<byte> packet = [type];
        var length = body.Length;
        do
        {
            packet.Add((byte)((length & 127) | (length > 127 ? 128 : 0)));
            length >>= 7;
        }
        while (length > 0);
        return [.. packet, .. body];
    }
}
