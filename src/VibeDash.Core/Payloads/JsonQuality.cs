using System.Text.Json;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Payloads;

/// <summary>The quality in a JSON payload. Immutable.</summary>
/// <param name="Path">Its path. A quality that is absent or null is good: OPC UA leaves it out then.</param>
/// <param name="Good">The only good values, case ignored; null for those of the usual protocols: <see cref="QualityCode"/>.</param>
public sealed record JsonQuality(JsonPath Path, IReadOnlyList<string>? Good)
{
    /// <summary>The quality of a reading.</summary>
    internal ReadingQuality Of(JsonElement root, JsonElement item)
    {
        if (Path.Find(root, item) is not { } found)
            return ReadingQuality.Good;
        var text = found.ValueKind switch
        {
            JsonValueKind.String => found.GetString()!,
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => found.GetRawText(),
            _ => throw new RejectedException(RejectionReason.InvalidField, $"{Path} must be a text, a number, true or false."),
        };
        if (Good is null)
            return QualityCode.OfText(text);
        return Good.Contains(text.Trim(), StringComparer.OrdinalIgnoreCase) ? ReadingQuality.Good
            : QualityCode.OfText(text) is var usual and not ReadingQuality.Good ? usual
            : ReadingQuality.Bad;
    }

    /// <summary>Description for display.</summary>
    internal string Words() => $"quality {Path}{(Good is null ? "" : $" (good: {string.Join(", ", Good)})")}";
}
