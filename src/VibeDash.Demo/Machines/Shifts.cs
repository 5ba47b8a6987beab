namespace VibeDash.Demo.Machines;

/// <summary>A machine that runs in shifts. Its sensor also sends while the machine is stopped: it picks up the vibration of nearby machines.</summary>
/// <param name="running">Duration of a shift; positive.</param>
/// <param name="stopped">Duration of the stop after it.</param>
public sealed class Shifts(TimeSpan running, TimeSpan stopped) : IMachineBehavior
{
    /// <inheritdoc/>
    public double? RatioAt(TimeSpan elapsed, double noise) => Cycle.At(elapsed, running + stopped) < running
        ? 1 + (0.04 * noise)
        : 0.06 + (0.01 * noise);
}
