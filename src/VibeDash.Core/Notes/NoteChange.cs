namespace VibeDash.Core.Notes;

/// <summary>An entry of the journal of notes. Append-only.</summary>
/// <param name="Position">Number in the journal, consecutive across all sensors.</param>
/// <param name="Action">The action.</param>
/// <param name="By">The user.</param>
/// <param name="At">Server time.</param>
/// <param name="Note">The note after the action; the last version of a deleted note.</param>
public sealed record NoteChange(long Position, NoteAction Action, string By, DateTimeOffset At, Note Note);
