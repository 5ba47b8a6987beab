using VibeDash.Core.Faults;

namespace VibeDash.Core.Contract;

/// <summary>The person on whose behalf a command runs.</summary>
/// <param name="Name">1 to <see cref="MaximumLength"/> characters, without control characters or surrounding spaces.</param>
public readonly record struct Actor(string Name)
{
    /// <summary>Name of the request header with the actor's name, percent-encoded UTF-8; also the field name in a refusal.</summary>
    public const string Header = "Actor";

    /// <summary>Maximum length of the name, in characters.</summary>
    public const int MaximumLength = 100;

    /// <summary>The actor with this name; null when the name is invalid.</summary>
    public static Actor? Of(string? name) =>
        name?.Trim() is { Length: > 0 and <= MaximumLength } text && !PlainText.HasControl(text) ? new(text) : null;

    /// <summary>The refusal of an invalid name.</summary>
    public static Refusal Invalid() =>
        Refusal.Of(RefusalCode.ActorInvalid, MaximumLength) with { Faults = [FieldFault.Of(Header, FaultCode.ActorInvalid, MaximumLength)] };
}
