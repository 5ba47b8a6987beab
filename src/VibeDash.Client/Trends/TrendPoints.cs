namespace VibeDash.Client.Trends;

/// <summary>How many buckets a trend asks for.</summary>
public static class TrendPoints
{
    private const int Minimum = 150;
    private const int Maximum = 1000;

    // So many the chart library draws in about 20 ms, with their bands, and in 60 on a machine of a third of the speed. A browser that is busy for longer
    // than 100 ms feels slow.
    private const int MaximumDrawn = 1200;

    /// <summary>Most buckets of each sensor: no more than the chart has pixels, and fewer where several are drawn at once.</summary>
    /// <param name="width">Width of the chart in pixels.</param>
    /// <param name="sensors">How many sensors.</param>
    /// <param name="earlier">True when each is drawn a second time, of an earlier time.</param>
    public static int Of(int width, int sensors, bool earlier) =>
        Math.Clamp(Math.Min(width, MaximumDrawn * 2 / (sensors * (earlier ? 3 : 2))), Minimum, Maximum);
}
