namespace VibeDash.Server.Logging;

/// <summary>
/// Limits a line of the log that others can cause again and again, or they could fill the disk with it: the first is written at once, then at most one a
/// minute, with the number of times since the one before. Thread-safe.
/// </summary>
internal sealed class LogLimit(TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private int _count;
    private long? _lastWritten;

    /// <summary>Counts the line once more.</summary>
    /// <returns>How many times the line stands for, this one included; 0 when it is not to be written.</returns>
    public int Take()
    {
        lock (_lock)
        {
            _count++;
            if (_lastWritten is { } written && time.GetElapsedTime(written) < Interval)
                return 0;
            _lastWritten = time.GetTimestamp();
            (var count, _count) = (_count, 0);
            return count;
        }
    }
}
