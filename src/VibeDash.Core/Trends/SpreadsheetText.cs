namespace VibeDash.Core.Trends;

/// <summary>What a spreadsheet makes of a text that it opens as CSV.</summary>
public static class SpreadsheetText
{
    /// <summary>
    /// True when a text with this first character gets an apostrophe in front: a spreadsheet would run it as a formula, or take an apostrophe of its own
    /// for one that was put there. The list is that of OWASP, CSV Injection.
    /// </summary>
    public static bool NeedsApostrophe(char first) => first is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\'';
}
