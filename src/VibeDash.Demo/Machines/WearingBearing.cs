namespace VibeDash.Demo.Machines;

/// <summary>
/// A bearing that wears out: the level grows exponentially, faster and faster, until maintenance stops the machine, changes the
/// bearing, and the story begins again.
/// </summary>
/// <param name="untilCritical">From the first wear to 3 × baseline; positive. 2 × baseline is passed at 63 % of it.</param>
public sealed class WearingBearing(TimeSpan untilCritical) : IMachineBehavior
{
    /// <summary>The level at which the damage is left to run, as a multiple of the baseline.</summary>
    public const double WornOut = 4.2;

    private static readonly TimeSpan RunOn = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Maintenance = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Sound = TimeSpan.FromSeconds(60);

    private readonly TimeSpan _wear = untilCritical * Math.Log(WornOut, 3);

    /// <summary>From one new bearing to the next.</summary>
    public TimeSpan Period => _wear + RunOn + Maintenance + Sound;

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
