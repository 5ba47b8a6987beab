namespace VibeDash.Server.Storage.Segments;

/// <summary>
/// Rollups by the minute, by column, oldest first, in reusable memory: many minutes without one object each. Not thread-safe.
/// </summary>
internal sealed class MinuteColumns
{
    private long[] _starts = [];
    private long[] _counts = [];
    private double[] _mins = [];
    private double[] _maxes = [];
    private double[] _sums = [];

    /// <summary>Number of minutes.</summary>
    public int Count { get; private set; }

    /// <summary>Start times, in microseconds since the Unix epoch.</summary>
    public Span<long> Starts => _starts.AsSpan(0, Count);

    /// <summary>Numbers of readings.</summary>
    public Span<long> Counts => _counts.AsSpan(0, Count);

    /// <summary>Lowest levels.</summary>
    public Span<double> Mins => _mins.AsSpan(0, Count);

    /// <summary>Highest levels.</summary>
    public Span<double> Maxes => _maxes.AsSpan(0, Count);

    /// <summary>Sums of the levels.</summary>
    public Span<double> Sums => _sums.AsSpan(0, Count);

    /// <summary>Makes room for <paramref name="count"/> minutes and discards the content; values are undefined until filled.</summary>
    public void Fill(int count)
    {
        if (_starts.Length < count)
            (_starts, _counts, _mins, _maxes, _sums) = (new long[count], new long[count], new double[count], new double[count], new double[count]);
        Count = count;
    }
}
