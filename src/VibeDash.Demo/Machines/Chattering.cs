namespace VibeDash.Demo.Machines;

/// <summary>A machine that now and then hops around 2 × baseline: what hysteresis and hold duration are for.</summary>
/// <param name="calm">How long it is quiet at a time; positive.</param>
/// <param name="chatter">How long it hops in between.</param>
public sealed class Chattering(TimeSpan calm, TimeSpan chatter) : IMachineBehavior
{
    /// <inheritdoc/>
    public double? RatioAt(TimeSpan elapsed, double noise) =>
        Cycle.At(elapsed, calm + chatter) < calm ? 1.4 + (0.05 * noise) : 2 + (0.2 * noise);
}
