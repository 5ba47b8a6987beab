using System.Globalization;
using VibeDash.Core.Contract;
using VibeDash.Core.Notes;
using VibeDash.Server.Pipeline;

namespace VibeDash.Server.Notes;

/// <summary>Deletes a note; the journal keeps it.</summary>
/// <param name="noteId">The note.</param>
/// <param name="actor">The person.</param>
/// <param name="at">Server time of the request.</param>
internal sealed class DeleteNoteCommand(long noteId, Actor actor, DateTimeOffset at) : NoteCommand(actor, at)
{
    /// <inheritdoc/>
    protected override string? Subject => noteId.ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    protected override Answer<Note> Execute(PipelineTransaction transaction) => Find(transaction, noteId) is { } known
        ? Write(transaction, NoteAction.Deleted, known)
        : Refusal.Of(RefusalCode.NoteUnknown, noteId);
}
