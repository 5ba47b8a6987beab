using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Channel;
using MQTTnet.Protocol;
using VibeDash.Server.Mqtt.External;

namespace VibeDash.Server.Mqtt.Embedded;

/// <summary>
/// A client's connection to the embedded broker, with bounds of size and time: <see cref="EmbeddedBrokerLimits"/>. Read by one, written by one at a
/// time; disposed by anybody, which ends both.
/// </summary>
internal sealed class EmbeddedBrokerSocket : IMqttChannel
{
    // Several events at once, without taking much for each of thousands of sensors that send one a minute.
    private const int BufferBytes = 2048;

    private readonly Socket _socket;
    private readonly SemaphoreSlim _longMessages;
    private readonly TimeProvider _time;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _next, _end;
    private PacketFollower _packet;
    private long _packetBegan;
    private int _holdsLongMessage;

    /// <summary>A connection.</summary>
    /// <param name="socket">Owned from now on.</param>
    /// <param name="longMessages">Places for long messages, which all connections share.</param>
    /// <param name="time">The clock.</param>
    public EmbeddedBrokerSocket(Socket socket, SemaphoreSlim longMessages, TimeProvider time)
    {
        (_socket, _longMessages, _time) = (socket, longMessages, time);
        RemoteEndPoint = socket.RemoteEndPoint!;
        LocalEndPoint = socket.LocalEndPoint!;
        socket.NoDelay = true;

        // A client need not ask for MQTT's keep-alive; one that has lost its power would be held for ever.
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 120);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 20);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
    }

    /// <inheritdoc/>
    public X509Certificate2 ClientCertificate => null!;

    /// <inheritdoc/>
    public EndPoint RemoteEndPoint { get; }

    /// <inheritdoc/>
    public EndPoint LocalEndPoint { get; }

    /// <inheritdoc/>
    public bool IsSecureConnection => false;

    /// <inheritdoc/>
    public Task ConnectAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task DisconnectAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Dispose();
        ReturnLongMessage();
    }

    /// <inheritdoc/>
    /// <exception cref="RefusedPacketException">The packet announces too much, or takes too long.</exception>
    public async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        if (_next == _end)
        {
            _end = await ReceiveAsync(cancellationToken);
            _next = 0;
        }

        var read = _buffer.AsSpan(_next, Math.Min(count, _end - _next));
        read.CopyTo(buffer.AsSpan(offset));
        _next += read.Length;
        var length = read.Length;
        if (!_packet.IsUnderWay && length > 0)
        {
            // Who reads the next packet is done with the last one.
            ReturnLongMessage();
            _packetBegan = _time.GetTimestamp();
        }

        _packet.Follow(read);
        if (_packet.Left > EmbeddedBrokerLimits.PacketBytes && _holdsLongMessage == 0)
            await TakeLongMessageAsync(cancellationToken);
        return length;
    }

    /// <inheritdoc/>
    /// <exception cref="RefusedPacketException">The client does not take it.</exception>
    public async Task WriteAsync(ReadOnlySequence<byte> buffer, bool isEndOfPacket, CancellationToken cancellationToken)
    {
        foreach (var segment in buffer)
        {
            for (var sent = 0; sent < segment.Length;)
                sent += await SendAsync(segment[sent..], cancellationToken);
        }
    }

    private async Task TakeLongMessageAsync(CancellationToken cancellationToken)
    {
        if (!await _longMessages.WaitAsync(EmbeddedBrokerLimits.PacketPatience, cancellationToken))
            throw new RefusedPacketException(MqttDisconnectReasonCode.QuotaExceeded, "Too many long messages are under way.");
        _holdsLongMessage = 1;
    }

    private void ReturnLongMessage()
    {
        if (Interlocked.Exchange(ref _holdsLongMessage, 0) == 1)
            _longMessages.Release();
    }

    private async ValueTask<int> ReceiveAsync(CancellationToken cancellationToken)
    {
        var receiving = _socket.ReceiveAsync(_buffer, SocketFlags.None, cancellationToken);
        if (receiving.IsCompleted || !_packet.IsUnderWay)
            return await receiving;
        var left = EmbeddedBrokerLimits.PacketPatience - _time.GetElapsedTime(_packetBegan);
        return await BoundedAsync(receiving, left, "A packet did not come in", EmbeddedBrokerLimits.PacketPatience, cancellationToken);
    }

    private async ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var sending = _socket.SendAsync(bytes, SocketFlags.None, cancellationToken);
        return sending.IsCompleted
            ? await sending
            : await BoundedAsync(sending, EmbeddedBrokerLimits.SendPatience, "What was sent was not taken", EmbeddedBrokerLimits.SendPatience, cancellationToken);
    }

    private async ValueTask<int> BoundedAsync(ValueTask<int> operation, TimeSpan left, string what, TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            return await operation.AsTask().WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, _time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Ends the operation, too.
            Dispose();
            throw new RefusedPacketException(MqttDisconnectReasonCode.MaximumConnectTime, $"{what} within {patience.TotalSeconds:0} seconds.");
        }
    }
}
