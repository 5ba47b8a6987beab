using CsCheck;
using VibeDash.Core.Faults;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Tests.Readings;

public sealed class VibrationUnitTests
{
    private static readonly Gen<VibrationUnit> Units = Gen.Int[0, VibrationUnit.All.Count - 1].Select(number => VibrationUnit.All[number]);
    private static readonly Gen<double> Values = Gen.OneOf(Gen.Double[0, 1000], Gen.Double[-12, 12].Select(exponent => Math.Pow(10, exponent)));

    [Theory]
    [InlineData("m/s²", "m/s²", QuantityKind.Acceleration)]
    [InlineData("m/s2", "m/s²", QuantityKind.Acceleration)]
    [InlineData("m/s^2", "m/s²", QuantityKind.Acceleration)]
    [InlineData(" M / S² ", "m/s²", QuantityKind.Acceleration)]
    [InlineData("m/s/s", "m/s²", QuantityKind.Acceleration)]
    [InlineData("m/sec²", "m/s²", QuantityKind.Acceleration)]
    [InlineData("m·s⁻²", "m/s²", QuantityKind.Acceleration)]
    [InlineData("m s^-2", "m/s²", QuantityKind.Acceleration)]
    [InlineData("m.s-2", "m/s²", QuantityKind.Acceleration)]
    [InlineData("m∕s²", "m/s²", QuantityKind.Acceleration)]
    [InlineData("mm/s²", "mm/s²", QuantityKind.Acceleration)]
    [InlineData("mm/s2", "mm/s²", QuantityKind.Acceleration)]
    [InlineData("in/s²", "in/s²", QuantityKind.Acceleration)]
    [InlineData("g", "g", QuantityKind.Acceleration)]
    [InlineData("G", "g", QuantityKind.Acceleration)]
    [InlineData("g RMS", "g", QuantityKind.Acceleration)]
    [InlineData("gn", "g", QuantityKind.Acceleration)]
    [InlineData("mg", "mg", QuantityKind.Acceleration)]
    [InlineData("mm/s", "mm/s", QuantityKind.Velocity)]
    [InlineData("mm/sec", "mm/s", QuantityKind.Velocity)]
    [InlineData("MM/S rms", "mm/s", QuantityKind.Velocity)]
    [InlineData("mm·s⁻¹", "mm/s", QuantityKind.Velocity)]
    [InlineData("mm/s_rms", "mm/s", QuantityKind.Velocity)]
    [InlineData("mm/s (RMS)", "mm/s", QuantityKind.Velocity)]
    [InlineData("mm/s-RMS", "mm/s", QuantityKind.Velocity)]
    [InlineData("mm/s [rms]", "mm/s", QuantityKind.Velocity)]
    [InlineData("[m/s²]", "m/s²", QuantityKind.Acceleration)]
    [InlineData("C16", "mm/s", QuantityKind.Velocity)]
    [InlineData("MTS", "m/s", QuantityKind.Velocity)]
    [InlineData("2M", "cm/s", QuantityKind.Velocity)]
    [InlineData("IU", "in/s", QuantityKind.Velocity)]
    [InlineData("MSK", "m/s²", QuantityKind.Acceleration)]
    [InlineData("M41", "mm/s²", QuantityKind.Acceleration)]
    [InlineData("IV", "in/s²", QuantityKind.Acceleration)]
    [InlineData("K40", "g", QuantityKind.Acceleration)]
    [InlineData("4H", "µm", QuantityKind.Displacement)]
    [InlineData("MMT", "mm", QuantityKind.Displacement)]
    [InlineData("77", "mil", QuantityKind.Displacement)]
    [InlineData("m/s", "m/s", QuantityKind.Velocity)]
    [InlineData("cm/s", "cm/s", QuantityKind.Velocity)]
    [InlineData("in/s", "in/s", QuantityKind.Velocity)]
    [InlineData("ips", "in/s", QuantityKind.Velocity)]
    [InlineData("IPS", "in/s", QuantityKind.Velocity)]
    [InlineData("inch/sec", "in/s", QuantityKind.Velocity)]
    [InlineData("\u00B5m/s", "µm/s", QuantityKind.Velocity)]
    [InlineData("\u00B5m", "µm", QuantityKind.Displacement)]
    [InlineData("\u03BCm", "µm", QuantityKind.Displacement)]
    [InlineData("um", "µm", QuantityKind.Displacement)]
    [InlineData("micron", "µm", QuantityKind.Displacement)]
    [InlineData("mm", "mm", QuantityKind.Displacement)]
    [InlineData("m", "m", QuantityKind.Displacement)]
    [InlineData("in", "in", QuantityKind.Displacement)]
    [InlineData("mils", "mil", QuantityKind.Displacement)]
    public void A_symbol_is_recognised_as_senders_write_it(string sent, string symbol, QuantityKind quantity)
    {
        VibrationUnit.TryParse(sent, out var unit).ShouldBeTrue();

        (unit.Symbol, unit.Quantity).ShouldBe((symbol, quantity));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("rms")]
    [InlineData("bar")]
    [InlineData("°C")]
    [InlineData("Hz")]
    [InlineData("m/s³")]
    [InlineData("m/s3")]
    [InlineData("km")]
    [InlineData("1/s")]
    [InlineData("mm/s peak")]
    [InlineData("mm/s_pk")]
    [InlineData("mm/s (0-pk)")]
    [InlineData("-rms")]
    [InlineData("g pk-pk")]
    [InlineData("m/s2rmsrms")]
    [InlineData("m/s²                                ")]
    public void What_is_no_unit_of_vibration_is_not_recognised(string? sent)
    {
        VibrationUnit.TryParse(sent, out var unit).ShouldBeFalse();

        unit.ShouldBeNull();
    }

    [Theory]
    [InlineData(1, "g", "m/s²", 9.80665)]
    [InlineData(9.80665, "m/s²", "g", 1)]
    [InlineData(1, "mg", "mm/s²", 9.80665)]
    [InlineData(1000, "mg", "g", 1)]
    [InlineData(12.5, "m/s²", "mm/s²", 12500)]
    [InlineData(386.4, "in/s²", "m/s²", 9.81456)]
    [InlineData(1, "in/s", "mm/s", 25.4)]
    [InlineData(25.4, "mm/s", "ips", 1)]
    [InlineData(0.0045, "m/s", "mm/s", 4.5)]
    [InlineData(4.5, "mm/s", "mm/s", 4.5)]
    [InlineData(1, "in", "mm", 25.4)]
    [InlineData(1, "mil", "µm", 25.4)]
    [InlineData(50, "µm", "mm", 0.05)]
    [InlineData(0, "g", "m/s²", 0)]
    public void Values_are_converted_within_their_kind(double value, string from, string to, double expected)
    {
        Unit(from).TryConvert(value, Unit(to), out var converted).ShouldBeTrue();

        converted.ShouldBe(expected);
    }

    [Fact]
    public void Whatever_is_converted_there_and_back_is_the_same_but_for_the_rounding() => Gen.Select(Values, Units, Units).Sample((value, from, to) =>
    {
        var convertible = from.TryConvert(value, to, out var converted);

        convertible.ShouldBe(from.Quantity == to.Quantity);
        convertible.ShouldBe(VibrationUnit.WhyNotComparable(from.Symbol, to.Symbol) is null);
        if (convertible)
        {
            to.TryConvert(converted, from, out var back).ShouldBeTrue();
            Math.Abs(back - value).ShouldBeLessThanOrEqualTo(4 * Math.BitIncrement(value) - 4 * value);
        }
        else
        {
            converted.ShouldBe(double.NaN);
        }
    });

    [Fact]
    public void Converting_keeps_the_order_of_values() => Gen.Select(Values, Values, Units, Units).Sample((one, other, from, to) =>
    {
        if (from.TryConvert(Math.Min(one, other), to, out var less) && from.TryConvert(Math.Max(one, other), to, out var more))
            less.ShouldBeLessThanOrEqualTo(more);
    });

    [Fact]
    public void The_symbol_of_a_unit_is_recognised_as_that_unit_and_is_the_only_one()
    {
        foreach (var unit in VibrationUnit.All)
            Unit(unit.Symbol).ShouldBeSameAs(unit);
        VibrationUnit.All.Select(unit => unit.Symbol).ShouldBeUnique();
    }

    [Theory]
    [InlineData("mm/s", "m/s²", UnitMismatch.DifferentQuantities, "mm/s is a velocity and m/s² an acceleration: one cannot be converted into the other without the frequency.")]
    [InlineData("g rms", "um", UnitMismatch.DifferentQuantities, "g is an acceleration and µm a displacement: one cannot be converted into the other without the frequency.")]
    [InlineData("bar", "mm/s", UnitMismatch.UnitUnknown, "'bar' is not known as a unit of acceleration, velocity or displacement: it cannot be compared with mm/s.")]
    [InlineData("mm/s", "bar", UnitMismatch.OtherUnknown, "'bar' is not known as a unit of acceleration, velocity or displacement: it cannot be compared with mm/s.")]
    [InlineData("mm/s", "IPS", null, "")]
    [InlineData("bar", "bar", null, "")]
    public void Why_two_units_cannot_be_compared_is_a_code_with_a_sentence(string one, string other, UnitMismatch? code, string sentence) =>
        (VibrationUnit.WhyNotComparable(one, other), UnitMismatchText.Of(one, other)).ShouldBe((code, sentence));

    [Fact]
    public void Recognising_and_converting_allocate_nothing()
    {
        const string Sent = "m·s⁻² RMS";
        var g = Unit("g");
        Unit(Sent).TryConvert(1, g, out _).ShouldBeTrue();

        var before = GC.GetAllocatedBytesForCurrentThread();
        var done = 0;
        for (var i = 0; i < 1000; i++)
            done += VibrationUnit.TryParse(Sent, out var again) && again.TryConvert(i, g, out _) ? 1 : 0;

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        (allocated, done).ShouldBe((0, 1000));
    }

    private static VibrationUnit Unit(string symbol) => VibrationUnit.TryParse(symbol, out var unit) ? unit : throw new ArgumentException(symbol);
}
