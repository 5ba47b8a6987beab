namespace VibeDash.Core.Readings;

/// <summary>A location split at commas: the last part is the machine, the parts before it the place.</summary>
/// <param name="Place">From the widest to the narrowest place, for example <c>Motor Assembly Line B</c>; empty when not given.</param>
/// <param name="Machine">The machine, for example <c>Conveyor Unit 4</c>; empty when not given.</param>
public sealed record Location(string Place, string Machine)
{
    /// <summary>The normalised location: parts trimmed and separated by a comma and a space; empty when not given.</summary>
    public string Whole => Place.Length == 0 ? Machine : $"{Place}, {Machine}";

    /// <summary>Splits <paramref name="text"/>; blank parts are dropped. A single part is the machine.</summary>
    public static Location Parse(string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 0 ? new("", "") : new(string.Join(", ", parts[..^1]), parts[^1]);
    }
}
