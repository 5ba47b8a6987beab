namespace VibeDash.Core.Notes;

/// <summary>An entry of the journal of notes: who did what to which. Nobody edits or deletes it.</summary>
/// <param name="Position">Its number; the next entry, of whichever sensor, has the next one.</param>
/// <param name="Action">What was done.</param>
/// <param name="By">Who did it.</param>
/// <param name="At">When, by the server's clock.</param>
/// <param name="Note">The note as it was after that; as it was last when it was deleted.</param>
public sealed record NoteChange(long Position, NoteAction Action, string By, DateTimeOffset At, Note Note);
