using VibeDash.Server.Logging;

namespace VibeDash.Server.Refusals;

/// <summary>
/// Requests answered with 500, because of a fault of the server that nothing else counts: those of the last five minutes, for the status and
/// <c>/health</c>. Thread-safe.
/// </summary>
internal sealed partial class RequestFaults(TimeProvider time, ILogger<RequestFaults> logger)
{
    private const int WindowSeconds = 5 * 60;

    private readonly Lock _lock = new();
    private readonly LogLimit _lines = new(time);
    private readonly long _start = time.GetTimestamp();

    // One entry for each second with a fault: as many as the window has seconds, whatever the number of faults.
    private readonly Queue<(long Second, int Count)> _seconds = new();
    private (long Second, int Count) _present;
    private string? _last;

    /// <summary>Counts a fault, and logs it unless it is one of many.</summary>
    /// <param name="endpoint">Where it happened, as in the code: the address of the request is the sender's text.</param>
    /// <param name="fault">The fault.</param>
    public void Add(string endpoint, Exception fault)
    {
        lock (_lock)
        {
            var second = Second();
            if (second != _present.Second)
            {
                if (_present.Count > 0)
                    _seconds.Enqueue(_present);
                _present = (second, 0);
            }

            _present.Count++;
            _last = fault.Message;
            Forget(second);
        }

        if (_lines.Take() is > 0 and var count)
            LogFault(fault, endpoint, count);
    }

    /// <summary>Number of faults in the last five minutes, and the message of the last one; null when there was none.</summary>
    public (int Count, string? Last) Read()
    {
        lock (_lock)
        {
            Forget(Second());
            var count = _present.Count + _seconds.Sum(second => second.Count);
            return (count, count == 0 ? null : _last);
        }
    }

    private long Second() => (long)time.GetElapsedTime(_start).TotalSeconds;

    private void Forget(long now)
    {
        while (_seconds.TryPeek(out var oldest) && now - oldest.Second >= WindowSeconds)
            _seconds.Dequeue();
        if (now - _present.Second >= WindowSeconds)
            _present = (now, 0);
    }

    [LoggerMessage(LogLevel.Error, "A request to {Endpoint} could not be answered, because of a fault of the server; {Count} since the last such line")]
    private partial void LogFault(Exception fault, string endpoint, int count);
}
