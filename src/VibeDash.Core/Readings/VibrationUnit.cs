using System.Diagnostics.CodeAnalysis;

namespace VibeDash.Core.Readings;

/// <summary>
/// A unit of vibration. Each unit is a single instance, so reference equality applies. Immutable, thread-safe; neither recognition nor conversion
/// allocates.
/// </summary>
public sealed class VibrationUnit
{
    // In the smallest step that makes every unit of the quantity an integer, which a double represents exactly: 10⁻⁸ m/s², nm/s, nm.
    private readonly long _size;

    internal VibrationUnit(string symbol, QuantityKind quantity, long size) => (Symbol, Quantity, _size) = (symbol, quantity, size);

    /// <summary>All units, by quantity and size.</summary>
    public static IReadOnlyList<VibrationUnit> All => UnitSpellings.Units;

    /// <summary>The usual symbol, for example <c>m/s²</c>.</summary>
    public string Symbol { get; }

    /// <summary>The measured quantity.</summary>
    public QuantityKind Quantity { get; }

    /// <summary>
    /// Recognises the spellings of senders: any case, either micro sign or <c>u</c>, <c>²</c>, <c>2</c>, <c>^2</c> or <c>s⁻²</c>, white space,
    /// a trailing <c>RMS</c> (also <c>_rms</c>, <c>(RMS)</c>), and the codes of UN/CEFACT Recommendation 20 such as <c>C16</c>. Other detections, such as <c>mm/s peak</c>, are not recognised: their levels cannot be compared with RMS
    /// levels.
    /// </summary>
    public static bool TryParse(string? symbol, [NotNullWhen(true)] out VibrationUnit? unit)
    {
        unit = UnitSpellings.Find(symbol);
        return unit is not null;
    }

    /// <summary>
    /// Converts a value exactly, up to the rounding of <see langword="double"/>: 1 g is 9.80665 m/s² by definition (3rd CGPM, 1901), 1 in is 25.4 mm.
    /// </summary>
    /// <param name="value">A value in this unit; one near the largest double may become infinite.</param>
    /// <param name="to">The other unit.</param>
    /// <param name="converted">The value in the other unit when the result is true; else NaN.</param>
    /// <returns>False when the units measure different quantities.</returns>
    public bool TryConvert(double value, VibrationUnit to, out double converted)
    {
        converted = Quantity != to.Quantity ? double.NaN
            : ReferenceEquals(this, to) ? value
            : _size % to._size == 0 ? value * (_size / to._size)
            : to._size % _size == 0 ? value / (to._size / _size)
            : value * _size / to._size;
        return Quantity == to.Quantity;
    }

    /// <summary>Converts a value between two units as sent, see <see cref="TryConvert(double, VibrationUnit, out double)"/>; equal texts need no known unit.</summary>
    /// <param name="value">The value.</param>
    /// <param name="from">Its unit.</param>
    /// <param name="to">The other unit.</param>
    /// <param name="converted">The value in the other unit when the result is true; else NaN.</param>
    /// <returns>False when the units cannot be compared.</returns>
    public static bool TryConvert(double value, string from, string to, out double converted)
    {
        converted = value;
        if (from == to || (TryParse(from, out var unit) && TryParse(to, out var other) && unit.TryConvert(value, other, out converted)))
            return true;
        converted = double.NaN;
        return false;
    }

    /// <summary>Why two units as sent cannot be compared; null when they can: the texts are equal, or both are known and of one quantity.</summary>
    public static UnitMismatch? WhyNotComparable(string one, string other) =>
        one == other ? null
        : !TryParse(one, out var unit) ? UnitMismatch.UnitUnknown
        : !TryParse(other, out var otherUnit) ? UnitMismatch.OtherUnknown
        : unit.Quantity != otherUnit.Quantity ? UnitMismatch.DifferentQuantities
        : null;

    /// <inheritdoc/>
    public override string ToString() => Symbol;
}
