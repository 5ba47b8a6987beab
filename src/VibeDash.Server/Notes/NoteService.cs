using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Notes;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Refusals;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Notes;

/// <summary>Notes, for the HTTP API and for prerendering. Thread-safe.</summary>
internal sealed class NoteService(NoteReader notes, EventQueue queue, IHttpContextAccessor request, TimeProvider time) : INoteApi
{
    private DateTimeOffset Now => UnixMicroseconds.Now(time);

    /// <inheritdoc/>
    public Task<Note[]> GetNotesAsync(string sensorId, CancellationToken cancellationToken = default) => notes.ListAsync(sensorId, null, null, Sight.Of(request).Limit, cancellationToken);

    /// <inheritdoc/>
    public Task<NoteChange[]> GetNoteJournalAsync(string sensorId, CancellationToken cancellationToken = default) =>
        notes.JournalAsync(sensorId, long.MaxValue, Sight.Of(request).Limit, cancellationToken);

    /// <inheritdoc/>
    public async Task<Answer<Note>> AddNoteAsync(string sensorId, NoteEdit edit, Actor actor, CancellationToken cancellationToken = default)
    {
        var now = Now;
        return edit.Fault(now) is { } fault ? Refusal.Invalid(fault) : await queue.ExecuteAsync(new AddNoteCommand(sensorId, edit, actor, now), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<Answer<Note>> ChangeNoteAsync(long noteId, NoteEdit edit, Actor actor, CancellationToken cancellationToken = default)
    {
        var now = Now;
        return edit.Fault(now) is { } fault ? Refusal.Invalid(fault) : await queue.ExecuteAsync(new ChangeNoteCommand(noteId, edit, actor, now), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Answer<Note>> DeleteNoteAsync(long noteId, Actor actor, CancellationToken cancellationToken = default) =>
        queue.ExecuteAsync(new DeleteNoteCommand(noteId, actor, Now), cancellationToken);
}
