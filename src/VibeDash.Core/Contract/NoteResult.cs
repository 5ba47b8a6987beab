using VibeDash.Core.Notes;

namespace VibeDash.Core.Contract;

/// <summary>What came of adding, changing or deleting a note.</summary>
/// <param name="Note">It as it is now, or as it was last; null when there is none.</param>
/// <param name="Fault">Why nothing was done, in one sentence; null when it was done.</param>
public sealed record NoteResult(Note? Note, string? Fault)
{
    /// <summary>True when nothing was done because there is no such note or sensor.</summary>
    public bool IsUnknown { get; init; }

    /// <summary>There is no such note or sensor.</summary>
    /// <param name="what">Which.</param>
    public static NoteResult Unknown(string what) => new(null, $"There is no {what}.") { IsUnknown = true };
}
