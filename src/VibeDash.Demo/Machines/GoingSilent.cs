namespace VibeDash.Demo.Machines;

/// <summary>A sound machine whose sensor loses its radio link for a while, again and again.</summary>
/// <param name="sending">How long it sends at a time; positive.</param>
/// <param name="silent">How long nothing is heard of it in between.</param>
public sealed class GoingSilent(TimeSpan sending, TimeSpan silent) : IMachineBehavior
{
    /// <inheritdoc/>
    public double? RatioAt(TimeSpan elapsed, double noise) =>
        Cycle.At(elapsed, sending + silent) < sending ? 1 + (0.05 * noise) : null;
}
