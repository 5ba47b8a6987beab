namespace VibeDash.Core.Faults;

/// <summary>
/// Checks texts that people enter for control characters: Unicode category Cc, and the separators of lines and paragraphs U+2028 and U+2029, which break
/// a line of a log, a file or a page like a line break does.
/// </summary>
public static class PlainText
{
    /// <summary>True when a text of one line, such as a name, has a control character.</summary>
    public static bool HasControl(string? text) => text?.Any(IsControl) == true;

    /// <summary>True when a text of several lines, such as a note, has a control character other than a line break or a tab.</summary>
    public static bool HasControlInLines(string? text) => text?.Any(c => IsControl(c) && c is not ('\n' or '\r' or '\t')) == true;

    private static bool IsControl(char c) => char.IsControl(c) || c is '\u2028' or '\u2029';
}
