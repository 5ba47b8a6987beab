using System.Net.Sockets;

namespace VibeDash.Simulator.Sending;

/// <summary>
/// A connection to a broker over MQTT 5 that can only publish, at QoS 1, and costs a tenth of what a full client does: events are written into one
/// buffer and sent many at a time. Not thread-safe. Every method throws when the connection is lost.
/// </summary>
internal sealed class PublishConnection : IDisposable
{
    // On loopback a segment has 64 KB; a receiver's window below that makes TCP send by its timer.
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
    private long _heardAt;

    private PublishConnection(TimeProvider time) => _time = time;

    /// <summary>Time since something came from the broker; while it lives, never much longer than half of the keep-alive time, 15 s.</summary>
    public TimeSpan Silence => _time.GetElapsedTime(_heardAt);

    /// <summary>How many events the broker lets wait for their answer.</summary>
    public int ReceiveMaximum { get; private set; }

    /// <summary>Bytes that <see cref="FlushAsync"/> will send.</summary>
    public int Unsent => _unsentLength;

    /// <summary>Connects.</summary>
    /// <exception cref="InvalidOperationException">The broker refuses.</exception>
    public static async Task<PublishConnection> OpenAsync(SendingOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var connection = new PublishConnection(time);
        try
        {
            await connection._socket.ConnectAsync(options.Broker.Host, options.Broker.Port, cancellationToken);
            connection.Append(MqttPackets.Connect($"simulator-{Guid.NewGuid():N}", options.User, options.Password, KeepAlive));
            await connection.FlushAsync(KeepAlive, cancellationToken);
            await connection.TakeConnectAnswerAsync(cancellationToken);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Writes an event to be sent with the next <see cref="FlushAsync"/>.</summary>
    public void Publish(IEventSource events, long number, ushort packetId, bool again)
    {
        var topic = events.TopicOf(number).Span;
        var most = MqttPackets.PublishOverhead + topic.Length + events.MaximumPayloadLengthOf(number);
        MakeRoom(2 * most);

        // The head tells the length of what follows: the payload is written behind its longest head and then moved up to the one it gets.
        var room = _unsent.AsSpan(_unsentLength);
        var payload = room[most..];
        var length = events.WritePayload(number, payload);
        var head = MqttPackets.StartPublish(room, topic, packetId, again, length);
        payload[..length].CopyTo(room[head..]);
        _unsentLength += head + length;
    }

    /// <summary>Sends what is written, and a sign of life when there was nothing to send for long.</summary>
    /// <param name="patience">How long to wait for the broker to take it.</param>
    /// <param name="cancellationToken">Ends the waiting. How much has been sent is then not known, and <see cref="Unsent"/> is left as it was.</param>
    public async ValueTask FlushAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        if (_unsentLength == 0 && _time.GetElapsedTime(_sentAt) > _keepAlive / 2)
            Append(MqttPackets.Ping);
        if (_unsentLength == 0)
            return;
        for (var sent = 0; sent < _unsentLength;)
        {
            var sending = _socket.SendAsync(_unsent.AsMemory(sent, _unsentLength - sent), CancellationToken.None);
            sent += sending.IsCompleted ? await sending : await sending.AsTask().WaitAsync(patience, _time, cancellationToken);
        }

        _sentAt = _time.GetTimestamp();
        _unsentLength = 0;
    }

    /// <summary>True when <see cref="ReceiveAsync"/> need not wait.</summary>
    public bool HasReceived => (_receiving ??= Receive()).IsCompleted;

    /// <summary>Waits until something comes from the broker, and reads the answers in it.</summary>
    /// <param name="answered">Called for each with the packet id and the reason code.</param>
    /// <param name="patience">How long to wait.</param>
    /// <param name="cancellationToken">Ends the waiting; what comes later is not lost.</param>
    public async ValueTask ReceiveAsync(Action<ushort, byte> answered, TimeSpan patience, CancellationToken cancellationToken)
    {
        _receiving ??= Receive();
        if (!_receiving.IsCompleted)
            await _receiving.WaitAsync(patience, _time, cancellationToken);
        Take(await _receiving);
        _receiving = null;

        var read = 0;
        while (TryReadPacket(ref read, out var type, out var body))
        {
            if (type == MqttPackets.PublishAnswer)
            {
                var (packetId, reason) = MqttPackets.ReadPublishAnswer(body.Span);
                answered(packetId, reason);
            }
            else if (type == MqttPackets.Disconnect)
            {
                throw new IOException($"The broker ended the connection, reason {(body.Length > 0 ? body.Span[0] : 0)}.");
            }
        }

        Keep(read);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_socket.Connected && _unsentLength == 0)
        {
            try
            {
                // Without it the broker would take it for a loss.
                _socket.Blocking = false;
                _socket.Send(MqttPackets.Goodbye);
            }
            catch (SocketException)
            {
            }
        }

        _socket.Dispose();

        // Whatever it ends with, nobody waits for it any more.
        _receiving?.ContinueWith(ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    private async Task TakeConnectAnswerAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Take(await _socket.ReceiveAsync(_received.AsMemory(_receivedLength), cancellationToken));
            var read = 0;
            if (!TryReadPacket(ref read, out var type, out var body))
                continue;
            if (type != MqttPackets.ConnectAnswer)
                throw new InvalidOperationException("It does not speak MQTT 5.");
            var (reason, most, keepAlive) = MqttPackets.ReadConnectAnswer(body.Span);
            if (reason != 0)
                throw new InvalidOperationException($"It refuses the connection, reason {reason}.");
            ReceiveMaximum = most;
            if (keepAlive > TimeSpan.Zero && keepAlive < KeepAlive)
                _keepAlive = keepAlive;
            Keep(read);
            return;
        }
    }

    private Task<int> Receive()
    {
        // Mosquitto sends its second small answer only when the first one is confirmed, which the system puts off by 40 ms while it has nothing to send:
        // a full window would be emptied at that pace. It forgets the wish after a while.
        if (OperatingSystem.IsLinux())
            _socket.SetRawSocketOption(6, TcpQuickAcknowledge, [1, 0, 0, 0]);
        return _socket.ReceiveAsync(_received.AsMemory(_receivedLength)).AsTask();
    }

    private void Take(int count)
    {
        _receivedLength += count > 0 ? count : throw new IOException("The broker ended the connection.");
        _heardAt = _time.GetTimestamp();
    }

    private void Keep(int read)
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
            throw new InvalidDataException("A packet too long to be an answer.");
        if (bytes.Length < 1 + used + length)
            return false;
        type = (byte)(bytes.Span[0] & 0xF0);
        body = bytes.Slice(1 + used, length);
        read += 1 + used + length;
        return true;
    }

    private void Append(ReadOnlySpan<byte> packet)
    {
        MakeRoom(packet.Length);
        packet.CopyTo(_unsent.AsSpan(_unsentLength));
        _unsentLength += packet.Length;
    }

    private void MakeRoom(int bytes)
    {
        if (_unsent.Length - _unsentLength < bytes)
            Array.Resize(ref _unsent, Math.Max(2 * _unsent.Length, _unsentLength + bytes));
    }
}
