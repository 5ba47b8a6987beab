using System.Text.Json;
using System.Text.RegularExpressions;

namespace VibeDash.Core.Payloads;

/// <summary>A condition on the JSON of a message. A message that does not meet it has no readings, and is ignored. Immutable.</summary>
/// <param name="path">Path to the value. Without words and pattern, the condition is that it exists and is not null.</param>
/// <param name="words">The value is one of these, compared by character; null for any.</param>
/// <param name="pattern">The value matches this regular expression, made with <see cref="RegexOptions.NonBacktracking"/> so that no payload takes long; null for any.</param>
public sealed class MessageCondition(JsonPath path, IReadOnlyList<string>? words = null, Regex? pattern = null)
{
    /// <summary>True when a message meets the condition.</summary>
    /// <param name="root">Its JSON.</param>
    internal bool IsMet(JsonElement root)
    {
        if (path.Find(root, root) is not { } found)
            return false;
        if (words is null && pattern is null)
            return true;

        // Numbers and true and false as they are written.
        var text = found.ValueKind == JsonValueKind.String ? found.GetString()! : found.GetRawText();
        return words?.Contains(text, StringComparer.Ordinal) != false && pattern?.IsMatch(text) != false;
    }

    /// <summary>Description for display.</summary>
    internal string Words() =>
        $"only when {path} {(words is null && pattern is null ? "exists" : string.Join(" and ", ((string?[])[words is null ? null : $"is {string.Join(" or ", words)}", pattern is null ? null : $"matches {pattern}"]).OfType<string>()))}";
}
