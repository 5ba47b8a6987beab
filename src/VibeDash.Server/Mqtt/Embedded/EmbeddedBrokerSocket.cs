using System.Buffers;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Channel;
using MQTTnet.Protocol;
using VibeDash.Server.Mqtt.External;

namespace VibeDash.Server.Mqtt.Embedded;

/// <summary>
/// Connection of a client to the embedded broker, with limits of size and time: <see cref="EmbeddedBrokerLimits"/>. One reader, and one writer
/// at a time. Dispose is thread-safe and ends both.
/// </summary>
internal sealed class EmbeddedBrokerSocket : IMqttChannel
{
    // Holds several events, yet is small enough for thousands of sensors that send once a minute.
    private const int BufferBytes = 2048;

    // One time limit is for so much of a packet.
    private const int SentBytes = 16 * 1024;

    private readonly Socket _socket;
    private readonly SemaphoreSlim _longMessages;
    private readonly TimeProvider _time;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _next, _end;
    private PacketFollower _packet;
    private long _packetBegan;
    private int _holdsLongMessage;
    private Stream _stream;
    private SslStream? _encrypted;

    /// <summary>Wraps a socket.</summary>
    /// <param name="socket">Owned by this instance.</param>
    /// <param name="longMessages">Slots for long messages, shared by all connections.</param>
    /// <param name="time">The clock.</param>
    public EmbeddedBrokerSocket(Socket socket, SemaphoreSlim longMessages, TimeProvider time)
    {
        (_socket, _longMessages, _time, _stream) = (socket, longMessages, time, new NetworkStream(socket));
        RemoteEndPoint = socket.RemoteEndPoint!;
        LocalEndPoint = socket.LocalEndPoint!;
        socket.NoDelay = true;

        // Clients need not use MQTT's keep-alive; without this, one that lost power would stay connected indefinitely.
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 120);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 20);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
    }

    /// <summary>Certificate of the client, which its authority issued; null without one.</summary>
    public X509Certificate2 ClientCertificate => (_encrypted?.RemoteCertificate as X509Certificate2)!;

    /// <inheritdoc/>
    public EndPoint RemoteEndPoint { get; }

    /// <inheritdoc/>
    public EndPoint LocalEndPoint { get; }

    /// <inheritdoc/>
    public bool IsSecureConnection => _encrypted is not null;

    /// <summary>Makes the handshake of TLS, before anything is read or written.</summary>
    /// <returns>To be disposed when nobody reads or writes any more, which <see cref="Dispose"/> does not wait for.</returns>
    /// <exception cref="RefusedPacketException">It takes too long.</exception>
    /// <inheritdoc cref="EmbeddedBrokerTls.AuthenticateAsync"/>
    public async Task<IAsyncDisposable> EncryptAsync(EmbeddedBrokerTls tls)
    {
        using var limit = new CancellationTokenSource(EmbeddedBrokerLimits.ConnectTimeout, _time);
        try
        {
            _stream = _encrypted = await tls.AuthenticateAsync(_stream, limit.Token);
            return _encrypted;
        }
        catch (OperationCanceledException)
        {
            throw new RefusedPacketException(MqttDisconnectReasonCode.MaximumConnectTime, $"The TLS handshake was not finished within {EmbeddedBrokerLimits.ConnectTimeout.TotalSeconds:0} seconds.");
        }
    }

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
    /// <exception cref="RefusedPacketException">The packet announces too many bytes, or takes too long.</exception>
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
            // The previous packet has been processed when the next one is read.
            ReturnLongMessage();
            _packetBegan = _time.GetTimestamp();
        }

        _packet.Follow(read);
        if (_packet.Left > EmbeddedBrokerLimits.PacketBytes && _holdsLongMessage == 0)
            await TakeLongMessageAsync(cancellationToken);
        return length;
    }

    /// <inheritdoc/>
    /// <exception cref="RefusedPacketException">The client does not accept the data in time.</exception>
    public async Task WriteAsync(ReadOnlySequence<byte> buffer, bool isEndOfPacket, CancellationToken cancellationToken)
    {
        foreach (var segment in buffer)
        {
            for (var sent = 0; sent < segment.Length; sent += SentBytes)
                await SendAsync(segment.Slice(sent, Math.Min(SentBytes, segment.Length - sent)), cancellationToken);
        }
    }

    private async Task TakeLongMessageAsync(CancellationToken cancellationToken)
    {
        if (!await _longMessages.WaitAsync(EmbeddedBrokerLimits.PacketTimeout, cancellationToken))
            throw new RefusedPacketException(MqttDisconnectReasonCode.QuotaExceeded, "Too many long messages are in progress.");
        _holdsLongMessage = 1;
    }

    private void ReturnLongMessage()
    {
        if (Interlocked.Exchange(ref _holdsLongMessage, 0) == 1)
            _longMessages.Release();
    }

    private async ValueTask<int> ReceiveAsync(CancellationToken cancellationToken)
    {
        // A read of no bytes waits without a buffer for a whole TLS record, which each quiet client would hold.
        if (_encrypted is not null && !_packet.IsUnderWay)
        {
#pragma warning disable CA2022 // There is nothing to count.
            await _encrypted.ReadAsync(Memory<byte>.Empty, cancellationToken);
#pragma warning restore CA2022
        }

        var receiving = _stream.ReadAsync(_buffer, cancellationToken);
        if (receiving.IsCompleted || !_packet.IsUnderWay)
            return await receiving;
        var task = receiving.AsTask();
        var left = EmbeddedBrokerLimits.PacketTimeout - _time.GetElapsedTime(_packetBegan);
        await BoundedAsync(task, left, "A packet was not received", EmbeddedBrokerLimits.PacketTimeout, cancellationToken);
        return await task;
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var sending = _stream.WriteAsync(bytes, cancellationToken);
        if (sending.IsCompleted)
            await sending;
        else
            await BoundedAsync(sending.AsTask(), EmbeddedBrokerLimits.SendTimeout, "A packet was not accepted", EmbeddedBrokerLimits.SendTimeout, cancellationToken);
    }

    private async ValueTask BoundedAsync(Task operation, TimeSpan left, string fault, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            await operation.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, _time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Also cancels the operation.
            Dispose();
            throw new RefusedPacketException(MqttDisconnectReasonCode.MaximumConnectTime, $"{fault} within {timeout.TotalSeconds:0} seconds.");
        }
    }
}
