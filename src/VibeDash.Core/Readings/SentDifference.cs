using System.Buffers.Text;

namespace VibeDash.Core.Readings;

/// <summary>The sender's own difference of level and baseline: a consistency check, never used as a value.</summary>
/// <param name="Value">The difference, finite; negative below the baseline.</param>
/// <param name="Decimals">Decimal places as sent: <see cref="DecimalsOf"/>.</param>
public readonly record struct SentDifference(double Value, int Decimals)
{
    /// <summary>Tolerance, as a share of the larger magnitude of level and baseline: some senders subtract a finer baseline than the one they send.</summary>
    public const double Tolerance = 0.01;

    // Level, baseline and difference, each rounded separately, are off by up to half a unit of the last place each.
    private const double RoundingUnits = 1.5;

    // JSON writers drop the zero of 8.0, so an integer counts as having one decimal.
    private const int FewestDecimals = 1;

    /// <summary>
    /// True when the difference is not <paramref name="level"/> − <paramref name="baseline"/>: off by more than <see cref="Tolerance"/> and by more than
    /// one and a half units of its last decimal place (at least one place is assumed), the maximum effect of rounding. Never without a baseline.
    /// </summary>
    /// <param name="level">The level.</param>
    /// <param name="baseline">The baseline in the unit of the level; 0 means unknown.</param>
    public bool Contradicts(double level, double baseline)
    {
        if (baseline == 0)
            return false;
        var larger = Math.Max(Math.Abs(level), Math.Abs(baseline));
        var off = Math.Abs(Value - (level - baseline));
        if (off <= Tolerance * larger)
            return false;

        // A value exactly on the limit may be off by the rounding of double.
        var rounding = RoundingUnits * Math.Pow(10, -Math.Max(Decimals, FewestDecimals));
        return off > rounding + (4 * (Math.BitIncrement(larger) - larger));
    }

    /// <summary>Decimal places of a JSON number: 2 for <c>8.50</c>, 4 for <c>85e-4</c>, -1 for <c>8e1</c>.</summary>
    internal static int DecimalsOf(ReadOnlySpan<byte> number)
    {
        var exponentAt = number.IndexOfAny((byte)'e', (byte)'E');
        var mantissa = exponentAt < 0 ? number : number[..exponentAt];
        var point = mantissa.IndexOf((byte)'.');
        var decimals = point < 0 ? 0 : mantissa.Length - point - 1;
        if (exponentAt < 0)
            return decimals;

        // An exponent too long for a number belongs to 0 or to a negligible number.
        var exponent = number[(exponentAt + 1)..];
        if (exponent[0] == (byte)'+')
            exponent = exponent[1..];
        return Utf8Parser.TryParse(exponent, out short power, out var used) && used == exponent.Length ? decimals - power : 0;
    }
}
