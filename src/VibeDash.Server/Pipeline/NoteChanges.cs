using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Notes;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Pipeline;

/// <summary>Changes of notes inside a transaction of the event loop.</summary>
internal static class NoteChanges
{
    /// <summary>Id of the next note. From the journal, since the ids of deleted notes are not reused.</summary>
    public static long NextNoteId(this PipelineTransaction transaction) => (transaction.Storage.Context.NoteChanges.Max(change => (long?)change.NoteId) ?? 0) + 1;

    /// <summary>Writes a change immediately, so that the next command of the transaction sees it.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="action">The change.</param>
    /// <param name="note">The note after it.</param>
    /// <param name="by">The user.</param>
    /// <param name="at">Server time.</param>
    public static void WriteNote(this PipelineTransaction transaction, NoteAction action, Note note, string by, DateTimeOffset at)
    {
        var context = transaction.Storage.Changes();
        var change = new NoteChange((context.NoteChanges.Max(entry => (long?)entry.Position) ?? 0) + 1, action, by, at, note);
        context.NoteChanges.Add(NoteChangeRow.Of(change));
        context.Entry(note).State = action switch
        {
            NoteAction.Added => EntityState.Added,
            NoteAction.Changed => EntityState.Modified,
            _ => EntityState.Deleted,
        };
        transaction.Storage.Save();
        transaction.Changes.Notes.Add(change);
    }
}
