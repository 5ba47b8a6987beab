namespace VibeDash.Demo.Machines;

/// <summary>A machine whose level at times fluctuates around 2 × baseline, the case for a recovery threshold and an on-delay.</summary>
/// <param name="calm">Duration of a steady period; positive.</param>
/// <param name="chatter">Duration of the fluctuation after it.</param>
public sealed class Chattering(TimeSpan calm, TimeSpan chatter) : IMachineBehavior
{
    /// <inheritdoc/>
    public double? RatioAt(TimeSpan elapsed, double noise) =>
        Cycle.At(elapsed, calm + chatter) < calm ? 1.4 + (0.05 * noise) : 2 + (0.2 * noise);
}
