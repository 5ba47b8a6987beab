namespace VibeDash.Client.Trends;

/// <summary>The number of buckets a trend requests.</summary>
public static class TrendPoints
{
    private const int Minimum = 150;
    private const int Maximum = 1000;

    // The chart library draws this number, with bands, in about 20 ms, and in 60 ms on a machine of a third of the speed. A browser that is busy for
    // more than 100 ms feels slow.
    private const int MaximumDrawn = 1200;

    /// <summary>Maximum number of buckets of each sensor: at most one per pixel, and fewer for several sensors.</summary>
    /// <param name="width">Width of the chart in pixels.</param>
    /// <param name="sensors">Number of sensors.</param>
    /// <param name="earlier">True when an earlier period is drawn too.</param>
    public static int Of(int width, int sensors, bool earlier) =>
        Math.Clamp(Math.Min(width, MaximumDrawn * 2 / (sensors * (earlier ? 3 : 2))), Minimum, Maximum);
}
