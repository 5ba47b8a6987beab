using System.Globalization;

namespace VibeDash.Core.Payloads;

/// <summary>Numbers written as text: digits with an optional sign, decimal point and exponent, and white space around them.</summary>
internal static class DecimalNumber
{
    /// <summary>Reads UTF-8. Too large a number is infinite, and so are the words for it; the caller checks.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    /// <summary>Reads a text.</summary>
    public static bool TryParse(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
}
