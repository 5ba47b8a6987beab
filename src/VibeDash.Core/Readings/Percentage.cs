namespace VibeDash.Core.Readings;

/// <summary>A change as a percentage.</summary>
internal static class Percentage
{
    /// <summary>Largest percentage: beyond it a change only says that the value before was next to nothing.</summary>
    public const double Maximum = 1e12;

    /// <summary>
    /// <paramref name="change"/> in per cent of <paramref name="before"/>, at most <see cref="Maximum"/>: dividing by a number next to 0 would give
    /// infinity.
    /// </summary>
    /// <param name="change">The change; finite.</param>
    /// <param name="before">The magnitude of the value before; positive.</param>
    public static double Of(double change, double before) => Math.Min(100 * change / before, Maximum);
}
