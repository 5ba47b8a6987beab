using VibeDash.Core.Faults;
using VibeDash.Core.People;

namespace VibeDash.Core.Contract;

/// <summary>The person or program on whose behalf a command runs.</summary>
/// <param name="Name">1 to <see cref="MaximumLength"/> characters, without control characters or surrounding spaces.</param>
public readonly record struct Actor(string Name)
{
    /// <summary>Maximum length of the name, in characters.</summary>
    public const int MaximumLength = 100;

    /// <summary>Where the request came from: address, and id of the key when it was one; null for the server itself.</summary>
    public string? Origin { get; init; }

    /// <summary>The places to which it is limited; null for everywhere.</summary>
    public PlaceLimit? Limit { get; init; }

    /// <summary>The actor with this name; null when the name is invalid.</summary>
    public static Actor? Of(string? name) =>
        name?.Trim() is { Length: > 0 and <= MaximumLength } text && !PlainText.HasControl(text) ? new(text) : null;
}
