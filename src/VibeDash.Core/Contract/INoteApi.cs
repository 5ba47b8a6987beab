using VibeDash.Core.Notes;

namespace VibeDash.Core.Contract;

/// <summary>Notes on a sensor's history.</summary>
/// <remarks>
/// Every method throws <see cref="HttpRequestException"/> when the server cannot be reached or fails.
/// A refusal is a result, not an exception.
/// </remarks>
public interface INoteApi
{
    /// <summary>All notes of a sensor, newest first; empty when the sensor is not known.</summary>
    Task<Note[]> GetNotesAsync(string sensorId, CancellationToken cancellationToken = default);

    /// <summary>The latest 500 changes to the notes of a sensor, newest first.</summary>
    Task<NoteChange[]> GetNoteJournalAsync(string sensorId, CancellationToken cancellationToken = default);

    /// <summary>Adds a note.</summary>
    Task<Answer<Note>> AddNoteAsync(string sensorId, NoteEdit edit, Actor actor, CancellationToken cancellationToken = default);

    /// <summary>Changes a note.</summary>
    Task<Answer<Note>> ChangeNoteAsync(long noteId, NoteEdit edit, Actor actor, CancellationToken cancellationToken = default);

    /// <summary>Deletes a note; the answer is that note. The journal keeps it.</summary>
    Task<Answer<Note>> DeleteNoteAsync(long noteId, Actor actor, CancellationToken cancellationToken = default);
}
