using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Contract;
using VibeDash.Core.Notes;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Notes;

/// <summary>A change of a note: writes a journal entry and the resulting note.</summary>
/// <param name="actor">The person.</param>
/// <param name="at">Server time of the request.</param>
internal abstract class NoteCommand(Actor actor, DateTimeOffset at) : AnswerCommand<Note>(actor, at)
{
    /// <summary>The note with a person's edit applied.</summary>
    protected static Note Apply(Note note, NoteEdit edit) => note with
    {
        From = UnixMicroseconds.Whole(edit.From),
        To = edit.To is { } to ? UnixMicroseconds.Whole(to) : null,
        Kind = edit.Kind,
        Text = edit.Text.Trim(),
    };

    /// <summary>A note; null when there is none that the person may see.</summary>
    protected Note? Find(PipelineTransaction transaction, long id) =>
        transaction.Storage.Context.Notes.AsNoTracking().FirstOrDefault(note => note.Id == id) is { } note && transaction.State.Holds(Actor, note.SensorId) ? note : null;

    /// <summary>Writes the change immediately, so that the next command of the transaction sees it.</summary>
    protected Note Write(PipelineTransaction transaction, NoteAction action, Note note)
    {
        transaction.WriteNote(action, note, Actor.Name, At);
        return note;
    }
}
