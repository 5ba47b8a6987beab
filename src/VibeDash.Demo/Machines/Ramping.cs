namespace VibeDash.Demo.Machines;

/// <summary>A variable-speed machine that ramps from idling to full load and back. Stays below 1.8 × baseline.</summary>
/// <param name="period">Time from idling to idling; positive.</param>
public sealed class Ramping(TimeSpan period) : IMachineBehavior
{
    private const double Idle = 0.5;
    private const double Full = 1.55;

    /// <inheritdoc/>
    public double? RatioAt(TimeSpan elapsed, double noise)
    {
        var phase = Cycle.At(elapsed, period) / period;
        var load = 1 - Math.Abs((2 * phase) - 1);
        return Idle + ((Full - Idle) * load) + (0.04 * noise);
    }
}
