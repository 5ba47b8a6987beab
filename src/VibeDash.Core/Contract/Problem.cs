using VibeDash.Core.Faults;

namespace VibeDash.Core.Contract;

/// <summary>A refusal as problem details (RFC 9457): the members that programs read.</summary>
/// <param name="Title">Kind of the problem.</param>
/// <param name="Detail">The sentence of the refusal.</param>
/// <param name="Code">Name of the <see cref="RefusalCode"/>; null for a problem that is not a refusal.</param>
/// <param name="Arguments">Arguments of the code.</param>
/// <param name="Faults">Faults of an invalid input, by field.</param>
public sealed record Problem(string? Title, string? Detail, string? Code, string[]? Arguments, FieldFault[]? Faults)
{
    /// <summary>For an action on several alerts that changed none of them: the result of each.</summary>
    public AlertResult[]? Results { get; init; }

    /// <summary>The refusal; null when the problem is none, or has a code unknown to this version.</summary>
    public Refusal? ToRefusal() => Enum.TryParse<RefusalCode>(Code, out var code) && Enum.IsDefined(code) ? new(code, Arguments ?? []) { Faults = Faults ?? [] } : null;

    /// <summary>The sentence of the refusal; of a problem that is none, the one it came with, if any.</summary>
    public string? ToSentence() => ToRefusal() is { } refusal ? RefusalText.Of(refusal) : Detail ?? Title;
}
