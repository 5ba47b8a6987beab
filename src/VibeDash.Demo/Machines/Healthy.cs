namespace VibeDash.Demo.Machines;

/// <summary>A healthy machine: its level stays near the baseline, with noise and a slowly varying load, and below 1.3 × baseline.</summary>
public sealed class Healthy : IMachineBehavior
{
    private static readonly TimeSpan LoadPeriod = TimeSpan.FromMinutes(7);

    /// <inheritdoc/>
    public double? RatioAt(TimeSpan elapsed, double noise) =>
        1 + (0.08 * Math.Sin(Math.Tau * (elapsed / LoadPeriod))) + (0.03 * noise);
}
