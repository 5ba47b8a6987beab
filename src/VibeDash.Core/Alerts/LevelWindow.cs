namespace VibeDash.Core.Alerts;

/// <summary>
/// Lowest and highest level within a time window, in bounded memory: the window is divided into <see cref="Parts"/> parts at fixed times, so it is
/// exact to one part and independent of when counting began. Not thread-safe.
/// </summary>
internal sealed class LevelWindow(TimeSpan length)
{
    private const int Parts = 60;

    private readonly long _width = Math.Max(1, length.Ticks / Parts);
    private readonly long[] _part = new long[Parts + 1];
    private readonly double[] _lowest = new double[Parts + 1];
    private readonly double[] _highest = new double[Parts + 1];

    /// <summary>Adds a level; call in event-time order.</summary>
    public void Add(long ticks, double level)
    {
        var part = ticks / _width;
        var index = (int)(part % _part.Length);
        if (_part[index] != part)
            (_part[index], _lowest[index], _highest[index]) = (part, level, level);
        else
            (_lowest[index], _highest[index]) = (Math.Min(_lowest[index], level), Math.Max(_highest[index], level));
    }

    /// <summary>Lowest and highest level of the window that ends now.</summary>
    public (double Lowest, double Highest) Extremes(long ticks)
    {
        var oldest = (ticks / _width) - Parts;
        var (lowest, highest) = (double.MaxValue, double.MinValue);
        for (var i = 0; i < _part.Length; i++)
        {
            if (_part[i] < oldest)
                continue;
            lowest = Math.Min(lowest, _lowest[i]);
            highest = Math.Max(highest, _highest[i]);
        }

        return (lowest, highest);
    }
}
