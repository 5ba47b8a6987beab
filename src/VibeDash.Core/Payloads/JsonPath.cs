using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace VibeDash.Core.Payloads;

/// <summary>
/// A JSON path, the subset of RFC 9535 needed for payloads: <c>$</c> is the payload, <c>@</c> the current item, followed by any of <c>.name</c>,
/// <c>['any name']</c> and <c>[index]</c>; <c>[*]</c>, only at the end, selects each element of an array. Immutable.
/// </summary>
public sealed class JsonPath
{
    /// <summary>Allowed form, for error messages.</summary>
    public const string Allowed = "a path such as $.a.b, $.a[0] or $['a b']";

    private const int MaximumLength = 256;

    private readonly Segment[] _segments;

    private JsonPath(string text, Segment[] segments) => (Text, _segments) = (text, segments);

    /// <summary>The text as configured.</summary>
    public string Text { get; }

    /// <summary>True when it starts at the current item.</summary>
    public bool IsRelative => Text[0] == '@';

    /// <summary>True when it ends in <c>[*]</c>.</summary>
    public bool IsMany => _segments.Length > 0 && _segments[^1].Kind == SegmentKind.Each;

    /// <summary>True for text that is a path rather than a value.</summary>
    public static bool IsMeant(string text) => text.StartsWith('$') || text.StartsWith('@');

    /// <summary>Parses <paramref name="text"/>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out JsonPath? path)
    {
        path = null;
        if (text.Length is 0 or > MaximumLength || !IsMeant(text))
            return false;

        var segments = new List<Segment>();
        for (var at = 1; at < text.Length;)
        {
            if (ReadSegment(text, ref at) is not { } segment)
                return false;
            segments.Add(segment);
        }

        if (segments.SkipLast(1).Any(segment => segment.Kind == SegmentKind.Each))
            return false;
        path = new(text, [.. segments]);
        return true;
    }

    /// <summary>The value at a path without <c>[*]</c>; null when absent or JSON null.</summary>
    public JsonElement? Find(JsonElement root, JsonElement item) => Walk(IsRelative ? item : root, _segments) is { ValueKind: not JsonValueKind.Null } found ? found : null;

    /// <summary>The array selected by a path that ends in <c>[*]</c>; null when it is not an array.</summary>
    public JsonElement? FindArray(JsonElement root) =>
        Walk(root, _segments.AsSpan(0, _segments.Length - 1)) is { ValueKind: JsonValueKind.Array } array ? array : null;

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static JsonElement? Walk(JsonElement element, ReadOnlySpan<Segment> segments)
    {
        foreach (var segment in segments)
        {
            if (segment.Kind == SegmentKind.Name && element.ValueKind == JsonValueKind.Object && element.TryGetProperty(segment.Name, out var member))
                element = member;
            else if (segment.Kind == SegmentKind.Index && element.ValueKind == JsonValueKind.Array && segment.Index < element.GetArrayLength())
                element = element[segment.Index];
            else
                return null;
        }

        return element;
    }

    private static Segment? ReadSegment(string text, ref int at)
    {
        if (text[at] == '.')
        {
            var start = ++at;
            while (at < text.Length && !".[]'\"".Contains(text[at], StringComparison.Ordinal) && !char.IsWhiteSpace(text[at]))
                at++;
            return at == start ? null : new(SegmentKind.Name, text[start..at], 0);
        }

        if (text[at] != '[' || ++at == text.Length)
            return null;
        var segment = text[at] is '\'' or '"' ? ReadQuoted(text, ref at) : ReadIndex(text, ref at);
        return at < text.Length && text[at++] == ']' ? segment : null;
    }

    private static Segment? ReadQuoted(string text, ref int at)
    {
        var quote = text[at++];
        var name = "";
        while (at < text.Length && text[at] != quote)
        {
            if (text[at] == '\\' && ++at == text.Length)
                return null;
            name += text[at++];
        }

        at++;
        return new(SegmentKind.Name, name, 0);
    }

    private static Segment? ReadIndex(string text, ref int at)
    {
        var end = text.IndexOf(']', at);
        if (end < 0)
            return null;
        var inner = text.AsSpan(at, end - at);
        at = end;
        if (inner is "*")
            return new(SegmentKind.Each, "", 0);
        return int.TryParse(inner, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? new(SegmentKind.Index, "", index) : null;
    }

    private enum SegmentKind
    {
        Name,
        Index,
        Each,
    }

    private readonly record struct Segment(SegmentKind Kind, string Name, int Index);
}
