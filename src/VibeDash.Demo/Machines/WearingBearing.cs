namespace VibeDash.Demo.Machines;

/// <summary>
/// A bearing that wears out: the level grows exponentially until maintenance stops the machine and replaces the bearing. Then the cycle begins
/// again.
/// </summary>
/// <param name="untilCritical">Time from the beginning of the wear to 3 × baseline; positive. The level crosses 2 × baseline at 63 % of it.</param>
public sealed class WearingBearing(TimeSpan untilCritical) : IMachineBehavior
{
    /// <summary>The maximum level, held until maintenance begins, as a multiple of the baseline.</summary>
    public const double WornOut = 4.2;

    private static readonly TimeSpan RunOn = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Maintenance = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan RunningIn = TimeSpan.FromSeconds(60);

    private readonly TimeSpan _wear = untilCritical * Math.Log(WornOut, 3);

    /// <summary>Duration of one cycle.</summary>
    public TimeSpan Period => _wear + RunOn + Maintenance + RunningIn;

    /// <inheritdoc/>
    public double? RatioAt(TimeSpan elapsed, double noise)
    {
        var time = Cycle.At(elapsed, Period);
        if (time < _wear + RunOn)
            return Math.Min(Math.Pow(3, time / untilCritical), WornOut) * (1 + (0.03 * noise));
        if (time < _wear + RunOn + Maintenance)
            return 0.05 + (0.01 * noise);
        return 1 + (0.03 * noise);
    }
}
