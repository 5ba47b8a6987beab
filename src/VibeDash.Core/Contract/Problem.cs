using VibeDash.Core.Faults;

namespace VibeDash.Core.Contract;

/// <summary>A refusal as problem details (RFC 9457), as far as a program reads them.</summary>
/// <param name="Title">Kind of the problem.</param>
/// <param name="Detail">The sentence of the refusal.</param>
/// <param name="Code">Name of the <see cref="RefusalCode"/>; null for a problem that is no refusal.</param>
/// <param name="Arguments">Arguments of the code.</param>
/// <param name="Faults">Faults by field, of an invalid input.</param>
public sealed record Problem(string? Title, string? Detail, string? Code, string[]? Arguments, FieldFault[]? Faults)
{
    /// <summary>Of an action on several alerts none of which was changed, the result of each.</summary>
    public AlertResult[]? Results { get; init; }

    /// <summary>The refusal; null when it is none, or one this version does not know.</summary>
    public Refusal? ToRefusal() => Enum.TryParse<RefusalCode>(Code, out var code) && Enum.IsDefined(code) ? new(code, Arguments ?? []) { Faults = Faults ?? [] } : null;
}
