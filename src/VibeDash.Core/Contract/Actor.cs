using VibeDash.Core.Faults;

namespace VibeDash.Core.Contract;

/// <summary>The person in whose name something is done.</summary>
/// <param name="Name">1 to <see cref="MaximumLength"/> characters, without control characters or surrounding spaces.</param>
public readonly record struct Actor(string Name)
{
    /// <summary>Name of the request header that carries it, percent-encoded UTF-8; of the field in a refusal, too.</summary>
    public const string Header = "Actor";

    /// <summary>Longest name, in characters.</summary>
    public const int MaximumLength = 100;

    /// <summary>The person of a name, or null when that is not valid.</summary>
    public static Actor? Of(string? name) =>
        name?.Trim() is { Length: > 0 and <= MaximumLength } text && !text.Any(char.IsControl) ? new(text) : null;

    /// <summary>The refusal of a name that is not valid.</summary>
    public static Refusal Invalid() =>
        Refusal.Of(RefusalCode.ActorInvalid, MaximumLength) with { Faults = [FieldFault.Of(Header, FaultCode.ActorInvalid, MaximumLength)] };
}
