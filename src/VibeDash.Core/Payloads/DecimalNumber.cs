using System.Globalization;

namespace VibeDash.Core.Payloads;

/// <summary>Parses decimal numbers as text: digits with an optional sign, decimal point and exponent, and surrounding white space.</summary>
internal static class DecimalNumber
{
    /// <summary>Parses UTF-8. Numbers out of range, and words for infinity, give infinity; the caller checks.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    /// <summary>Parses text.</summary>
    public static bool TryParse(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
}
