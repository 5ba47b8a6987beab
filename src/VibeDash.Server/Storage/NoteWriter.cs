using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Notes;

namespace VibeDash.Server.Storage;

/// <summary>
/// The notes' part of an <see cref="EventWriter"/>'s transaction. What is written can be read at once, so that one command sees what another of the same
/// transaction did. Not thread-safe.
/// </summary>
internal sealed class NoteWriter(VibeDashContext context)
{
    /// <summary>The highest number a note has or had; 0 when there was none.</summary>
    public long LastId => context.NoteChanges.Max(change => (long?)change.NoteId) ?? 0;

    /// <summary>Position of the last entry of the journal; 0 when there is none.</summary>
    public long LastPosition => context.NoteChanges.Max(change => (long?)change.Position) ?? 0;

    /// <summary>How many notes a sensor has.</summary>
    public int Count(string sensorId) => context.Notes.Count(note => note.SensorId == sensorId);

    /// <summary>A note, or null.</summary>
    public Note? Find(long id) => context.Notes.AsNoTracking().FirstOrDefault(note => note.Id == id)?.ToNote();

    /// <summary>True when this very entry is in the journal.</summary>
    public bool Has(NoteChange change) => context.NoteChanges.AsNoTracking().FirstOrDefault(row => row.Position == change.Position)?.ToChange() == change;

    /// <summary>Appends an entry to the journal, and makes the note what it says.</summary>
    public void Add(NoteChange change)
    {
        Save(NoteChangeRow.Of(change), EntityState.Added);
        Save(NoteRow.Of(change.Note), change.Action switch
        {
            NoteAction.Added => EntityState.Added,
            NoteAction.Changed => EntityState.Modified,
            _ => EntityState.Deleted,
        });
    }

    private void Save(object row, EntityState state)
    {
        context.Entry(row).State = state;
        context.SaveChanges();
        context.Entry(row).State = EntityState.Detached;
    }
}
