using System.Globalization;
using VibeDash.Core.Contract;
using VibeDash.Core.Notes;
using VibeDash.Server.Pipeline;

namespace VibeDash.Server.Notes;

/// <summary>Changes a note.</summary>
/// <param name="noteId">The note.</param>
/// <param name="edit">The new content of the note, validated.</param>
/// <param name="actor">The person.</param>
/// <param name="at">Server time of the request.</param>
internal sealed class ChangeNoteCommand(long noteId, NoteEdit edit, Actor actor, DateTimeOffset at) : NoteCommand(actor, at)
{
    /// <inheritdoc/>
    protected override string? Subject => noteId.ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    protected override Answer<Note> Execute(PipelineTransaction transaction)
    {
        if (Find(transaction, noteId) is not { } known)
            return Refusal.Of(RefusalCode.NoteUnknown, noteId);
        if (edit.Version is { } seen && seen != known.Version)
            return Refusal.Of(RefusalCode.NoteChanged, known.ChangedBy ?? known.By, known.Version);
        return Write(transaction, NoteAction.Changed, Apply(known, edit) with { Version = known.Version + 1, ChangedBy = Actor.Name, ChangedAt = At });
    }
}
