using System.Buffers;
using System.Text;

namespace VibeDash.Core.Trends;

/// <summary>
/// Writes text as a field of a CSV file (RFC 4180). Text that a spreadsheet would run as a formula gets an apostrophe in front, which spreadsheets
/// read as a text marker; so does text that starts with an apostrophe, so that removing a leading one restores every text.
/// </summary>
public static class CsvField
{
    // In some countries spreadsheets separate fields by semicolons or tabs.
    private static readonly SearchValues<byte> NeedQuotes = SearchValues.Create(",\"\r\n;\t"u8);

    /// <summary>The field of a text.</summary>
    public static string Of(string text)
    {
        var field = new ArrayBufferWriter<byte>();
        Write(field, Encoding.UTF8.GetBytes(text));
        return Encoding.UTF8.GetString(field.WrittenSpan);
    }

    /// <summary>Writes the field of a text, without a separator.</summary>
    /// <param name="target">Receives the field, in UTF-8.</param>
    /// <param name="utf8">The text, in UTF-8.</param>
    public static void Write(IBufferWriter<byte> target, ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
            return;
        var isFormula = IsFormulaStart((char)utf8[0]);
        if (!isFormula && utf8[0] != ' ' && utf8[^1] != ' ' && !utf8.ContainsAny(NeedQuotes))
        {
            target.Write(utf8);
            return;
        }

        target.Write(isFormula ? "\"'"u8 : "\""u8);
        for (var quote = utf8.IndexOf((byte)'"'); quote >= 0; quote = utf8.IndexOf((byte)'"'))
        {
            target.Write(utf8[..(quote + 1)]);
            target.Write("\""u8);
            utf8 = utf8[(quote + 1)..];
        }

        target.Write(utf8);
        target.Write("\""u8);
    }

    // OWASP, CSV Injection; and the apostrophe itself.
    private static bool IsFormulaStart(char first) => first is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\'';
}
