namespace VibeDash.Simulator.Sending;

/// <summary>
/// Publishes events at QoS 1 in the order given, many at a time in flight. An event stays in the window until the broker has
/// answered it; when the connection is lost, all that are in the window are sent again. One caller at a time.
/// </summary>
internal sealed class EventSender(SendingOptions options, IEventSource events, TimeProvider time, TextWriter log) : IDisposable
{
    private const int Unanswered = -1;

    // What is sent in one go: as much as a socket takes.
    private const int Portion = 64 * 1024;

    // Below this many in flight a broker that answers one by one is asked one by one.
    private const int LargeWindow = 100;

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AcknowledgeTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(1);

    // A ring: the event of number n lies at n modulo its size and has the packet id one above that. Numbers below _first are answered, those from
    // _written on have not been written to the connection that there is, those from _next on do not exist yet.
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
    /// Sends an event of the source, with others and at the latest with <see cref="SettleAsync"/>; waits while the window is full or there is no
    /// connection. A cancelled event stays in the window. Nothing when there is none of that number.
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
        if (_connection is { Unsent: > Portion })
            await ExchangeAsync(wait: false, cancellationToken);
    }

    /// <summary>Sends what is written and takes note of the answers that have come, without waiting for others; recovers a lost connection.</summary>
    public ValueTask SettleAsync(CancellationToken cancellationToken) => _connection is null ? default : ExchangeAsync(wait: false, cancellationToken);

    /// <summary>Waits until everything is answered.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        while (_first < _next)
            await ExchangeAsync(wait: true, cancellationToken);
    }

    public void Dispose() => _connection?.Dispose();

    // Answers come singly. When there is much in flight, it is not worth waking up for each of them.
    private async ValueTask WaitForRoomAsync(CancellationToken cancellationToken)
    {
        await ExchangeAsync(wait: true, cancellationToken);
        while (_next - _first >= _room - (_room >= LargeWindow ? _room / 4 : 0))
        {
            if (_room >= LargeWindow)
                await Task.Delay(Gathering, time, cancellationToken);
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

            Settle();
            if (_connection.Silence > AcknowledgeTimeout)
                throw new TimeoutException($"Nothing was heard for {AcknowledgeTimeout.TotalSeconds:0} s.");
        }
        catch (Exception fault)
        {
            await RecoverAsync(fault, cancellationToken);
        }
    }

    /// <summary>Writes what may be in flight and is not yet.</summary>
    private void Write(PublishConnection connection)
    {
        for (; _written < _next && _written - _first < _room; _written++)
        {
            var place = _written % _events.Length;
            if (_answers[place] != Unanswered)
                continue;
            var again = _written < _everWritten;
            if (again)
                Repeated++;
            else
                _everWritten = _written + 1;
            connection.Publish(events, _events[place], (ushort)(place + 1), again);
        }
    }

    private void OnAnswered(ushort packetId, byte reason)
    {
        // No broker answers what it was not asked; one that does would make the count a lie.
        var place = packetId - 1;
        var number = _first + ((((place - _first) % _events.Length) + _events.Length) % _events.Length);
        if (place < 0 || place >= _events.Length || number >= _written || _answers[place] != Unanswered)
            throw new InvalidDataException($"The broker answers the packet {packetId}, which is not in flight.");
        _answers[place] = reason;
    }

    private void Settle()
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
                log.WriteLine($"{options.Broker} refuses events, reason {reason}.");
            }
        }
    }

    private async Task RecoverAsync(Exception fault, CancellationToken cancellationToken)
    {
        // What was answered before the loss is answered.
        Settle();
        if (_connection is { Unsent: > 0 })
            Drop();
        for (var pause = ShortestPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            // Whatever went wrong: when the caller has given up, that is the reason to stop.
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
            catch (Exception again)
            {
                fault = again;
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
            throw new TimeoutException($"It did not answer within {ConnectTimeout.TotalSeconds:0} s.");
        }
    }
}
