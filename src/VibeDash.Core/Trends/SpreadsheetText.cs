namespace VibeDash.Core.Trends;

/// <summary>Text that a spreadsheet does not read as text from a CSV file.</summary>
public static class SpreadsheetText
{
    /// <summary>True when text starting with this character needs an apostrophe in front; see OWASP, CSV Injection.</summary>
    public static bool NeedsApostrophe(char first) => first is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\'';
}
