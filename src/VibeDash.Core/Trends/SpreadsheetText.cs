namespace VibeDash.Core.Trends;

/// <summary>Texts that a spreadsheet does not read as text when it opens a CSV file.</summary>
public static class SpreadsheetText
{
    /// <summary>True when a text that starts with this character needs an apostrophe in front; see OWASP, CSV Injection.</summary>
    public static bool NeedsApostrophe(char first) => first is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\'';
}
