namespace VibeDash.Demo.Machines;

/// <summary>A machine that runs for a while and then stands still. Its sensor keeps sending: a standing machine hums with its neighbours.</summary>
/// <param name="running">How long it runs at a time; positive.</param>
/// <param name="stopped">How long it stands still in between.</param>
public sealed class Shifts(TimeSpan running, TimeSpan stopped) : IMachineBehavior
{
    /// <inheritdoc/>
    public double? RatioAt(TimeSpan elapsed, double noise) => Cycle.At(elapsed, running + stopped) < running
        ? 1 + (0.04 * noise)
        : 0.06 + (0.01 * noise);
}
