using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Notes;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Notes;

/// <summary>Notes, for the HTTP API and for prerendering. Thread-safe.</summary>
internal sealed class NoteService(NoteReader notes, EventQueue queue, TimeProvider time) : INoteApi
{
    private DateTimeOffset Now => UnixMicroseconds.Whole(time.GetUtcNow());

    /// <inheritdoc/>
    public Task<Note[]> GetNotesAsync(string sensorId, CancellationToken cancellationToken = default) => notes.ListAsync(sensorId, null, null, cancellationToken);

    /// <inheritdoc/>
    public Task<NoteChange[]> GetNoteJournalAsync(string sensorId, CancellationToken cancellationToken = default) =>
        notes.JournalAsync(sensorId, long.MaxValue, cancellationToken);

    /// <inheritdoc/>
    public async Task<NoteResult> AddNoteAsync(string sensorId, NoteEdit edit, CancellationToken cancellationToken = default)
    {
        var now = Now;
        return edit.Fault(now) is { } fault
            ? new(null, fault.Fault)
            : await queue.ExecuteAsync(new AddNoteCommand(sensorId, edit, new(edit.By.Trim()), now), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<NoteResult> ChangeNoteAsync(long noteId, NoteEdit edit, CancellationToken cancellationToken = default)
    {
        var now = Now;
        return edit.Fault(now) is { } fault
            ? new(null, fault.Fault)
            : await queue.ExecuteAsync(new ChangeNoteCommand(noteId, edit, new(edit.By.Trim()), now), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<NoteResult> DeleteNoteAsync(long noteId, string by, CancellationToken cancellationToken = default) =>
        AlertAction.NameFault(by) is { } fault ? new(null, fault) : await queue.ExecuteAsync(new DeleteNoteCommand(noteId, new(by.Trim()), Now), cancellationToken);
}
