using VibeDash.Core.Readings;

namespace VibeDash.Core.Faults;

/// <summary>Makes the English sentence of a <see cref="UnitMismatch"/>.</summary>
public static class UnitMismatchText
{
    /// <summary>Why two units as sent cannot be compared; empty when they can.</summary>
    public static string Of(string unit, string other) => VibrationUnit.WhyNotComparable(unit, other) switch
    {
        UnitMismatch.UnitUnknown => Unknown(unit, other),
        UnitMismatch.OtherUnknown => Unknown(other, unit),
        UnitMismatch.DifferentQuantities when VibrationUnit.TryParse(unit, out var one) && VibrationUnit.TryParse(other, out var another) =>
            $"{one.Symbol} is {Words(one.Quantity)} and {another.Symbol} {Words(another.Quantity)}: one cannot be converted into the other without the frequency.",
        _ => "",
    };

    private static string Unknown(string unit, string other) => $"'{unit}' is not known as a unit of acceleration, velocity or displacement: it cannot be compared with {other}.";

    private static string Words(QuantityKind quantity) => quantity switch
    {
        QuantityKind.Acceleration => "an acceleration",
        QuantityKind.Velocity => "a velocity",
        _ => "a displacement",
    };
}
