namespace VibeDash.Simulator.Sending;

/// <summary>
/// Publishes events at QoS 1 in the order given, with a window of events in flight. An event stays in the window until the broker has answered it;
/// after a loss of the connection all events in the window are sent again. For one caller at a time.
/// </summary>
internal sealed class EventSender(SendingOptions options, IEventSource events, TimeProvider time, TextWriter log) : IDisposable
{
    private const int Unanswered = -1;

    // Bytes gathered before they are sent: about as many as a socket accepts at once.
    private const int SendSize = 64 * 1024;

    // From this size on, the sender waits until a quarter of the window is free, because waking up for each answer is expensive.
    private const int LargeWindow = 100;

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AcknowledgeTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan MinimumPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MaximumPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan GatherInterval = TimeSpan.FromMilliseconds(1);

    // A ring: event n is at index n modulo the size, and its packet id is the index + 1. Events below _first are answered, events from _written on are
    // not yet written to the current connection, and _next is the number of the next event.
    private readonly long[] _events = new long[options.Window];
    private readonly int[] _answers = new int[options.Window];
    private long _first;
    private long _written;
    private long _everWritten;
    private long _next;
    private PublishConnection? _connection;
    private int _room = options.Window;

    public long Published { get; private set; }

    public long Acknowledged { get; private set; }

    public long Refused { get; private set; }

    public long Repeated { get; private set; }

    public long ConnectionFailures { get; private set; }

    /// <summary>
    /// Adds an event of the source to the window and sends it together with others, at the latest with <see cref="ExchangeAsync(CancellationToken)"/>.
    /// Waits while the window is full or the connection is lost. After cancellation the event stays in the window. Ignores a number without an event.
    /// </summary>
    public async ValueTask SendAsync(long number, CancellationToken cancellationToken)
    {
        if (!events.Has(number))
            return;
        if (_next - _first >= _room)
            await WaitForRoomAsync(cancellationToken);

        var place = _next++ % _events.Length;
        (_events[place], _answers[place]) = (number, Unanswered);
        Published++;
        if (_connection is null)
            await ExchangeAsync(wait: false, cancellationToken);
        else
            Write(_connection);
        if (_connection is { Unsent: > SendSize })
            await ExchangeAsync(wait: false, cancellationToken);
    }

    /// <summary>Sends written events and processes the answers received so far, without waiting for more; recovers a lost connection.</summary>
    public ValueTask ExchangeAsync(CancellationToken cancellationToken) => _connection is null ? default : ExchangeAsync(wait: false, cancellationToken);

    /// <summary>Waits until all events are answered.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        while (_first < _next)
            await ExchangeAsync(wait: true, cancellationToken);
    }

    public void Dispose() => _connection?.Dispose();

    private async ValueTask WaitForRoomAsync(CancellationToken cancellationToken)
    {
        await ExchangeAsync(wait: true, cancellationToken);
        while (_next - _first >= _room - (_room >= LargeWindow ? _room / 4 : 0))
        {
            if (_room >= LargeWindow)
                await Task.Delay(GatherInterval, time, cancellationToken);
            await ExchangeAsync(wait: true, cancellationToken);
        }
    }

    private async ValueTask ExchangeAsync(bool wait, CancellationToken cancellationToken)
    {
        try
        {
            _connection ??= await ConnectAsync(cancellationToken);
            Write(_connection);
            await _connection.FlushAsync(AcknowledgeTimeout, cancellationToken);
            while (wait || _connection.HasReceived)
            {
                await _connection.ReceiveAsync(OnAnswered, AcknowledgeTimeout, cancellationToken);
                wait = false;
            }

            ReleaseAnswered();
            if (_connection.Silence > AcknowledgeTimeout)
                throw new TimeoutException($"The broker sent nothing for {AcknowledgeTimeout.TotalSeconds:0} s.");
        }
        catch (Exception fault)
        {
            await RecoverAsync(fault, cancellationToken);
        }
    }

    /// <summary>Writes the events that the window allows and that are not yet in flight.</summary>
    private void Write(PublishConnection connection)
    {
        for (; _written < _next && _written - _first < _room; _written++)
        {
            var place = _written % _events.Length;
            if (_answers[place] != Unanswered)
                continue;
            var duplicate = _written < _everWritten;
            if (duplicate)
                Repeated++;
            else
                _everWritten = _written + 1;
            connection.Publish(events, _events[place], (ushort)(place + 1), duplicate);
        }
    }

    private void OnAnswered(ushort packetId, byte reason)
    {
        // Counting an answer to a packet that is not in flight would make the report wrong.
        var place = packetId - 1;
        var number = _first + ((((place - _first) % _events.Length) + _events.Length) % _events.Length);
        if (place < 0 || place >= _events.Length || number >= _written || _answers[place] != Unanswered)
            throw new InvalidDataException($"The broker answered packet {packetId}, which is not in flight.");
        _answers[place] = reason;
    }

    private void ReleaseAnswered()
    {
        for (; _first < _written && _answers[_first % _events.Length] is >= 0 and var reason; _first++)
        {
            if (reason < MqttPackets.FirstFailure)
            {
                Acknowledged++;
                options.Acknowledged?.Invoke(events.EventIdOf(_events[_first % _events.Length]));
            }
            else if (Refused++ == 0)
            {
                log.WriteLine($"{options.Broker} refuses events, reason code {reason}.");
            }
        }
    }

    private async Task RecoverAsync(Exception fault, CancellationToken cancellationToken)
    {
        // Answers received before the loss count.
        ReleaseAnswered();
        if (_connection is { Unsent: > 0 })
            Drop();
        for (var pause = MinimumPause; ; pause = pause * 2 < MaximumPause ? pause * 2 : MaximumPause)
        {
            // A cancelled caller gets the cancellation, whatever the fault was.
            cancellationToken.ThrowIfCancellationRequested();
            Drop();
            ConnectionFailures++;
            log.WriteLine($"No connection to {options.Broker}: {fault.GetBaseException().Message.TrimEnd('.')}. Next attempt in {pause.TotalSeconds:0.#} s.");
            await Task.Delay(pause, time, cancellationToken);
            try
            {
                _connection = await ConnectAsync(cancellationToken);
                Write(_connection);
                await _connection.FlushAsync(AcknowledgeTimeout, cancellationToken);
                return;
            }
            catch (Exception next)
            {
                fault = next;
            }
        }
    }

    private void Drop()
    {
        _connection?.Dispose();
        _connection = null;
    }

    private async Task<PublishConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var connection = await PublishConnection.OpenAsync(options, time, either.Token);
            _room = Math.Min(options.Window, connection.ReceiveMaximum);
            _written = _first;
            log.WriteLine($"Connected to {options.Broker}; up to {_room} events in flight.");
            return connection;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw new TimeoutException($"The broker did not answer within {ConnectTimeout.TotalSeconds:0} s.");
        }
    }
}
