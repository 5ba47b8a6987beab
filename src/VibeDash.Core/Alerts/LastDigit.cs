namespace VibeDash.Core.Alerts;

/// <summary>The last decimal digit of a level as its sender shows it. Found by arithmetic: no text, no allocation.</summary>
internal static class LastDigit
{
    // A double holds 15 decimal digits; what comes after them is rounding.
    private const double MostDigits = 1e15;

    // Roundings of a multiplication by the multiplier of a source.
    private const int Roundings = 4;

    // JSON writers drop the zero of 8.0, so an integer counts as having one decimal.
    private const int FewestPlaces = 1;

    private static readonly double[] Powers = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <summary>
    /// One unit of the last digit: 0.001 for 3.277, and for the single-precision number nearest to it, too; at most 0.1. 0 for a level with more digits
    /// than a sender shows: the result of a computation.
    /// </summary>
    /// <param name="level">The level.</param>
    /// <param name="shown">The decimal that the sender shows: 3.277 for that single-precision number.</param>
    public static double Of(double level, out double shown)
    {
        var size = Math.Abs(level);
        var slack = Slack(size);
        var single = (float)level;
        for (var places = FewestPlaces; places < Powers.Length && size * Powers[places] < MostDigits; places++)
        {
            shown = Math.Round(level * Powers[places]) / Powers[places];
            if (Math.Abs(shown - level) <= slack || (single == level && (float)shown == single))
                return 1 / Powers[places];
        }

        shown = level;
        return 0;
    }

    /// <summary>What numbers of this magnitude may differ by because of rounding.</summary>
    public static double Slack(double size) => Roundings * (Math.BitIncrement(size) - size);
}
