using System.Globalization;

namespace VibeDash.Core.Readings;

/// <summary>
/// Quality codes as gateways write them. The ranges of OPC UA, OPC DA, Sparkplug B and Ignition hardly overlap; only 0 is good in OPC UA and bad in OPC DA
/// and Sparkplug B.
/// </summary>
public static class QualityCode
{
    // OPC DA: bits 6 and 7 of the code.
    private const int DaBits = 0xC0, DaGood = 0xC0, DaUncertain = 0x40;
    private const int LargestOfDa = 0xFF;

    // Sparkplug B and Ignition 7; Ignition 8, also with severity bits before it.
    private const int Stale = 500, StaleOfIgnition = 516;

    // Ignition 8 without severity bits: from 256 on uncertain, from 512 bad, from 768 error. OPC UA has nothing between 0 and 1024.
    private const int BadOfIgnition = 512, EndOfIgnition = 1024;

    /// <summary>The quality of a number; 0 is good, as in OPC UA. Anything but a 32-bit number, signed or not, is bad.</summary>
    public static ReadingQuality OfNumber(double number)
    {
        if (number < int.MinValue || number > uint.MaxValue || number != Math.Floor(number))
            return ReadingQuality.Bad;

        var code = (uint)(long)number;
        if ((code & 0xFFFF) is Stale or StaleOfIgnition)
            return ReadingQuality.Stale;
        return code switch
        {
            0 => ReadingQuality.Good,
            <= LargestOfDa => (code & DaBits) switch { DaGood => ReadingQuality.Good, DaUncertain => ReadingQuality.Uncertain, _ => ReadingQuality.Bad },
            < BadOfIgnition => ReadingQuality.Uncertain,
            < EndOfIgnition => ReadingQuality.Bad,

            // OPC UA: the two bits of the severity.
            _ => (code >> 30) switch { 0 => ReadingQuality.Good, 1 => ReadingQuality.Uncertain, _ => ReadingQuality.Bad },
        };
    }

    /// <summary>The quality of a property of Sparkplug B: as <see cref="OfNumber"/>, but 0 is bad.</summary>
    public static ReadingQuality OfSparkplug(int code) => code == 0 ? ReadingQuality.Bad : OfNumber(code);

    /// <summary>The quality of a text: a number, also hexadecimal, <c>true</c> or <c>false</c>, or a name such as <c>GoodClamped</c>. A blank one says nothing.</summary>
    public static ReadingQuality OfText(string text)
    {
        var word = text.AsSpan().Trim();
        if (word.IsEmpty || word.Equals("true", StringComparison.OrdinalIgnoreCase))
            return ReadingQuality.Good;
        if (word.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && uint.TryParse(word[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            return OfNumber(code);
        if (double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return OfNumber(number);
        return word.StartsWith("good", StringComparison.OrdinalIgnoreCase) ? ReadingQuality.Good
            : word.StartsWith("uncertain", StringComparison.OrdinalIgnoreCase) ? ReadingQuality.Uncertain
            : word.Contains("stale", StringComparison.OrdinalIgnoreCase) ? ReadingQuality.Stale
            : ReadingQuality.Bad;
    }
}
