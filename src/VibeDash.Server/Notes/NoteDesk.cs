using VibeDash.Core.Contract;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Notes;

/// <summary>Takes what people want of notes, refuses what cannot be, and has the rest done by the event loop. Thread-safe.</summary>
internal sealed class NoteDesk(EventQueue queue, TimeProvider time)
{
    private DateTimeOffset Now => UnixMicroseconds.Whole(time.GetUtcNow());

    /// <summary>Adds a note to a sensor; completes after the commit.</summary>
    public Task<NoteResult> AddAsync(string sensorId, NoteEdit edit, CancellationToken cancellationToken) => PutAsync(sensorId, 0, edit, cancellationToken);

    /// <summary>Changes a note; completes after the commit.</summary>
    public Task<NoteResult> ChangeAsync(long noteId, NoteEdit edit, CancellationToken cancellationToken) => PutAsync(null, noteId, edit, cancellationToken);

    /// <summary>Deletes a note; completes after the commit. The journal keeps it.</summary>
    public async Task<NoteResult> DeleteAsync(long noteId, string by, CancellationToken cancellationToken) =>
        AlertAction.NameFault(by) is { } fault ? new(null, fault) : await queue.DoAsync(new NoteCommand(null, noteId, null, by.Trim(), Now), cancellationToken);

    private async Task<NoteResult> PutAsync(string? sensorId, long noteId, NoteEdit edit, CancellationToken cancellationToken)
    {
        var now = Now;
        return edit.Fault(now) is { } fault ? new(null, fault.Fault) : await queue.DoAsync(new NoteCommand(sensorId, noteId, edit, edit.By.Trim(), now), cancellationToken);
    }
}
