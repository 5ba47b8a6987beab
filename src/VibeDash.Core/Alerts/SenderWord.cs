namespace VibeDash.Core.Alerts;

/// <summary>
/// Whether a sender's own message says that its level is critical. Evaluated sentence by sentence, in English, whatever the case. A sentence says so with
/// a word such as <c>exceeds</c>, <c>critical</c>, <c>alarm</c> or <c>immediate</c>, unless it denies it (<c>no</c>, <c>not</c>) or calls it past or usual
/// (<c>cleared</c>, <c>ok</c>, <c>within</c>). The lists are in docs/alerts.md.
/// </summary>
public static class SenderWord
{
    // Beginnings of words.
    private static readonly string[] Severe =
        ["critical", "alarm", "danger", "emergenc", "immediate", "urgent", "severe", "shutdown", "tripped", "fail"];

    private static readonly string[] Denials = ["no", "not", "none", "never", "nothing", "without", "cannot", "neither", "nor", "0", "zero"];

    private static readonly string[] Calm =
        ["ok", "okay", "normal", "fine", "good", "healthy", "false", "inactive", "disabled", "within", "below", "cleared", "reset", "resolved", "recovered", "ended", "test"];

    // After these, a calm word names what is exceeded: "critical, far above normal".
    private static readonly string[] Past = ["above", "over", "beyond", "outside"];

    // "Exceeds the warning threshold" says less than critical.
    private static readonly string[] Lesser = ["warning", "advisory", "caution", "prewarning", "notice"];

    /// <summary>True when a sentence of the message says that the level is critical.</summary>
    /// <param name="message">The message, or null for none.</param>
    public static bool IsSevere(string? message)
    {
        var text = message.AsSpan();
        while (!text.IsEmpty)
        {
            var length = SentenceLength(text);
            if (SaysSo(text[..length]))
                return true;
            text = text[Math.Min(length + 1, text.Length)..];
        }

        return false;
    }

    // A full stop ends a sentence only before a blank: "12.5" is a number.
    private static int SentenceLength(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '!' or '?' or ';' or '\n' || (text[i] == '.' && (i + 1 == text.Length || char.IsWhiteSpace(text[i + 1]))))
                return i;
        }

        return text.Length;
    }

    private static bool SaysSo(ReadOnlySpan<char> sentence)
    {
        var (exceeds, severe, past, calm, lesser) = (false, false, false, false, false);
        while (!sentence.IsEmpty)
        {
            var start = 0;
            while (start < sentence.Length && !char.IsLetterOrDigit(sentence[start]))
                start++;
            var end = start;
            while (end < sentence.Length && (char.IsLetterOrDigit(sentence[end]) || sentence[end] is '\'' or '’' or '.' or ','))
                end++;
            var word = sentence[start..end].TrimEnd("'’.,");
            sentence = sentence[end..];

            if (IsOneOf(Denials, word) || word.EndsWith("n't", StringComparison.OrdinalIgnoreCase) || word.EndsWith("n’t", StringComparison.OrdinalIgnoreCase))
                return false;
            exceeds |= word.StartsWith("exceed", StringComparison.OrdinalIgnoreCase);
            severe |= BeginsWithOneOf(Severe, word);
            past |= IsOneOf(Past, word);
            calm |= IsOneOf(Calm, word);
            lesser |= IsOneOf(Lesser, word);
        }

        return (severe && (past || !calm)) || (exceeds && !lesser);
    }

    private static bool IsOneOf(string[] words, ReadOnlySpan<char> word)
    {
        foreach (var other in words)
        {
            if (word.Equals(other, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private static bool BeginsWithOneOf(string[] words, ReadOnlySpan<char> word)
    {
        foreach (var other in words)
        {
            if (word.StartsWith(other, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
