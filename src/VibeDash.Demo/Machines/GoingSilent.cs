namespace VibeDash.Demo.Machines;

/// <summary>A healthy machine whose sensor repeatedly loses its radio link for a while.</summary>
/// <param name="sending">Duration of a period in which the sensor sends; positive.</param>
/// <param name="silent">Duration of the silence after it.</param>
public sealed class GoingSilent(TimeSpan sending, TimeSpan silent) : IMachineBehavior
{
    /// <inheritdoc/>
    public double? RatioAt(TimeSpan elapsed, double noise) =>
        Cycle.At(elapsed, sending + silent) < sending ? 1 + (0.05 * noise) : null;
}
