using System.Net.Sockets;

namespace VibeDash.Simulator.Sending;

/// <summary>
/// An MQTT 5 connection that can only publish at QoS 1, at a tenth of the processor time of a full client: events are written into one buffer and sent
/// many at a time. Not thread-safe. Every method throws when the connection is lost.
/// </summary>
internal sealed class PublishConnection : IDisposable
{
    // A loopback segment has 64 KB. With a receive window smaller than a segment TCP sends on a timer only.
    private const int SocketBuffer = 512 * 1024;

    private const int TcpQuickAcknowledge = 12;

    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(30);

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, SendBufferSize = SocketBuffer, ReceiveBufferSize = SocketBuffer };
    private readonly TimeProvider _time;
    private readonly byte[] _received = new byte[64 * 1024];
    private byte[] _unsent = new byte[128 * 1024];
    private int _unsentLength;
    private int _receivedLength;
    private Task<int>? _receiving;
    private TimeSpan _keepAlive = KeepAlive;
    private long _sentAt;
    private long _receivedAt;

    private PublishConnection(TimeProvider time) => _time = time;

    /// <summary>Time since the last bytes from the broker. Half of the keep-alive time, 15 s, is normal, because PINGREQ is sent that often.</summary>
    public TimeSpan Silence => _time.GetElapsedTime(_receivedAt);

    /// <summary>Maximum number of events in flight that the broker allows.</summary>
    public int ReceiveMaximum { get; private set; }

    /// <summary>Number of bytes that <see cref="FlushAsync"/> will send.</summary>
    public int Unsent => _unsentLength;

    /// <summary>Connects.</summary>
    /// <exception cref="InvalidOperationException">The broker refuses the connection.</exception>
    public static async Task<PublishConnection> OpenAsync(SendingOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var connection = new PublishConnection(time);
        try
        {
            await connection._socket.ConnectAsync(options.Broker.Host, options.Broker.Port, cancellationToken);
            connection.Append(MqttPackets.Connect($"simulator-{Guid.NewGuid():N}", options.User, options.Password, KeepAlive));
            await connection.FlushAsync(KeepAlive, cancellationToken);
            await connection.ReceiveConnackAsync(cancellationToken);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Writes an event to be sent with the next <see cref="FlushAsync"/>.</summary>
    public void Publish(IEventSource events, long number, ushort packetId, bool duplicate)
    {
        var topic = events.TopicOf(number).Span;
        var maximum = MqttPackets.PublishOverhead + topic.Length + events.MaximumPayloadLengthOf(number);
        EnsureRoom(2 * maximum);

        // The length of the header depends on that of the payload, so the payload is written behind the longest header and then moved.
        var room = _unsent.AsSpan(_unsentLength);
        var payload = room[maximum..];
        var length = events.WritePayload(number, payload);
        var header = MqttPackets.StartPublish(room, topic, packetId, duplicate, length);
        payload[..length].CopyTo(room[header..]);
        _unsentLength += header + length;
    }

    /// <summary>Sends the written events, or PINGREQ when nothing was sent for half of the keep-alive time.</summary>
    /// <param name="timeout">How long to wait until the socket accepts the bytes.</param>
    /// <param name="cancellationToken">Ends the wait. The number of bytes sent is then unknown, and <see cref="Unsent"/> does not change.</param>
    public async ValueTask FlushAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (_unsentLength == 0 && _time.GetElapsedTime(_sentAt) > _keepAlive / 2)
            Append(MqttPackets.PingRequest);
        if (_unsentLength == 0)
            return;
        for (var sent = 0; sent < _unsentLength;)
        {
            var sending = _socket.SendAsync(_unsent.AsMemory(sent, _unsentLength - sent), CancellationToken.None);
            sent += sending.IsCompleted ? await sending : await sending.AsTask().WaitAsync(timeout, _time, cancellationToken);
        }

        _sentAt = _time.GetTimestamp();
        _unsentLength = 0;
    }

    /// <summary>True when <see cref="ReceiveAsync"/> does not have to wait.</summary>
    public bool HasReceived => (_receiving ??= Receive()).IsCompleted;

    /// <summary>Waits for bytes from the broker and reads the PUBACK packets in them.</summary>
    /// <param name="answered">Called for each PUBACK with the packet id and the reason code.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellationToken">Ends the wait; bytes that come later are not lost.</param>
    public async ValueTask ReceiveAsync(Action<ushort, byte> answered, TimeSpan timeout, CancellationToken cancellationToken)
    {
        _receiving ??= Receive();
        if (!_receiving.IsCompleted)
            await _receiving.WaitAsync(timeout, _time, cancellationToken);
        OnReceived(await _receiving);
        _receiving = null;

        var read = 0;
        while (TryReadPacket(ref read, out var type, out var body))
        {
            if (type == MqttPackets.PubackType)
            {
                var (packetId, reason) = MqttPackets.ReadPuback(body.Span);
                answered(packetId, reason);
            }
            else if (type == MqttPackets.DisconnectType)
            {
                throw new IOException($"The broker ended the connection, reason code {(body.Length > 0 ? body.Span[0] : 0)}.");
            }
        }

        Discard(read);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_socket.Connected && _unsentLength == 0)
        {
            try
            {
                // Without DISCONNECT the broker would log a lost connection.
                _socket.Blocking = false;
                _socket.Send(MqttPackets.Disconnect);
            }
            catch (SocketException)
            {
            }
        }

        _socket.Dispose();

        // The exception of a pending receive has no other observer.
        _receiving?.ContinueWith(ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    private async Task ReceiveConnackAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            OnReceived(await _socket.ReceiveAsync(_received.AsMemory(_receivedLength), cancellationToken));
            var read = 0;
            if (!TryReadPacket(ref read, out var type, out var body))
                continue;
            if (type != MqttPackets.ConnackType)
                throw new InvalidOperationException("The broker does not support MQTT 5.");
            var (reason, receiveMaximum, keepAlive) = MqttPackets.ReadConnack(body.Span);
            if (reason != 0)
                throw new InvalidOperationException($"The broker refused the connection, reason code {reason}.");
            ReceiveMaximum = receiveMaximum;
            if (keepAlive > TimeSpan.Zero && keepAlive < KeepAlive)
                _keepAlive = keepAlive;
            Discard(read);
            return;
        }
    }

    private Task<int> Receive()
    {
        // Mosquitto sends its second small answer only after the TCP acknowledgement of the first, which Linux delays by 40 ms while it has nothing to
        // send; a full window would drain at that pace. The option is not permanent, so it is set before every receive.
        if (OperatingSystem.IsLinux())
            _socket.SetRawSocketOption(6, TcpQuickAcknowledge, [1, 0, 0, 0]);
        return _socket.ReceiveAsync(_received.AsMemory(_receivedLength)).AsTask();
    }

    private void OnReceived(int count)
    {
        _receivedLength += count > 0 ? count : throw new IOException("The broker ended the connection.");
        _receivedAt = _time.GetTimestamp();
    }

    private void Discard(int read)
    {
        _received.AsSpan(read, _receivedLength - read).CopyTo(_received);
        _receivedLength -= read;
    }

    private bool TryReadPacket(ref int read, out byte type, out ReadOnlyMemory<byte> body)
    {
        (type, body) = (0, default);
        var bytes = _received.AsMemory(read, _receivedLength - read);
        if (bytes.Length < 2 || !MqttPackets.TryReadLength(bytes.Span[1..], out var length, out var used))
            return false;
        if (length > _received.Length / 2)
            throw new InvalidDataException("The broker sent a packet that is too long to be an answer.");
        if (bytes.Length < 1 + used + length)
            return false;
        type = (byte)(bytes.Span[0] & 0xF0);
        body = bytes.Slice(1 + used, length);
        read += 1 + used + length;
        return true;
    }

    private void Append(ReadOnlySpan<byte> packet)
    {
        EnsureRoom(packet.Length);
        packet.CopyTo(_unsent.AsSpan(_unsentLength));
        _unsentLength += packet.Length;
    }

    private void EnsureRoom(int bytes)
    {
        if (_unsent.Length - _unsentLength < bytes)
            Array.Resize(ref _unsent, Math.Max(2 * _unsent.Length, _unsentLength + bytes));
    }
}
