using System.Buffers.Text;

namespace VibeDash.Core.Readings;

/// <summary>The difference of level and baseline as the sender worked it out: a check on the three numbers, and never used as a number itself.</summary>
/// <param name="Value">The difference, finite; negative below the baseline.</param>
/// <param name="Decimals">Decimal places it was written with: <see cref="DecimalsOf"/>.</param>
public readonly record struct SentDifference(double Value, int Decimals)
{
    /// <summary>How far the difference may be off at least, as a share of the larger of level and baseline: some subtract a baseline finer than the one they send.</summary>
    public const double Tolerance = 0.01;

    // Who rounds level, baseline and difference each on its own is right and off by half a unit of the last place for each of them.
    private const double RoundingUnits = 1.5;

    // Who writes JSON drops the zero of 8.0; and to send a whole number where the level has decimals is wrong.
    private const int FewestDecimals = 1;

    /// <summary>
    /// True when it is not <paramref name="level"/> − <paramref name="baseline"/>: off by more than <see cref="Tolerance"/>, and by more than one and a
    /// half units of its last decimal place (of which it is taken to have at least one), which is what rounding can do. Never without a baseline.
    /// </summary>
    /// <param name="level">The level, not negative.</param>
    /// <param name="baseline">The baseline in the unit of the level; 0 means unknown.</param>
    public bool Contradicts(double level, double baseline)
    {
        if (baseline == 0)
            return false;
        var larger = Math.Max(level, baseline);
        var off = Math.Abs(Value - (level - baseline));
        if (off <= Tolerance * larger)
            return false;

        // What lies exactly on the bound may be off by the rounding of double.
        var rounding = RoundingUnits * Math.Pow(10, -Math.Max(Decimals, FewestDecimals));
        return off > rounding + (4 * (Math.BitIncrement(larger) - larger));
    }

    /// <summary>The decimal places of a JSON number: 2 for <c>8.50</c>, 4 for <c>85e-4</c>, -1 for <c>8e1</c>.</summary>
    internal static int DecimalsOf(ReadOnlySpan<byte> number)
    {
        var exponentAt = number.IndexOfAny((byte)'e', (byte)'E');
        var mantissa = exponentAt < 0 ? number : number[..exponentAt];
        var point = mantissa.IndexOf((byte)'.');
        var decimals = point < 0 ? 0 : mantissa.Length - point - 1;
        if (exponentAt < 0)
            return decimals;

        // An exponent too long for a number is that of 0, or of what is as good as 0.
        var exponent = number[(exponentAt + 1)..];
        if (exponent[0] == (byte)'+')
            exponent = exponent[1..];
        return Utf8Parser.TryParse(exponent, out short power, out var used) && used == exponent.Length ? decimals - power : 0;
    }
}
