using VibeDash.Core.Contract;
using VibeDash.Core.Notes;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Notes;

/// <summary>What people do to notes, inside a transaction of the event loop.</summary>
internal static class NoteWork
{
    /// <summary>Adds, changes or deletes a note.</summary>
    public static void Do(NoteCommand command, LoopState state, NoteWriter notes, Commit commit)
    {
        // An earlier attempt has done it: a second one would write it twice, or refuse what was done.
        if (command.Written is { } written && notes.Has(written))
        {
            commit.Notes.Add(written);
            return;
        }

        var (action, result) = Judge(command, state, notes);
        (command.Result, command.Written) = (result, null);
        if (result is not { Fault: null, Note: { } note })
            return;

        var change = new NoteChange(notes.LastPosition + 1, action, command.By, command.At, note);
        notes.Add(change);
        commit.Notes.Add(change);
        command.Written = change;
    }

    private static (NoteAction Action, NoteResult Result) Judge(NoteCommand command, LoopState state, NoteWriter notes)
    {
        var edit = command.Edit;
        if (command.SensorId is { } sensorId)
        {
            if (!state.Sensors.ContainsKey(sensorId))
                return (NoteAction.Added, NoteResult.Unknown($"sensor {sensorId}"));
            if (notes.Count(sensorId) >= Note.MaximumPerSensor)
                return (NoteAction.Added, new(null, $"The sensor has {Note.MaximumPerSensor:N0} notes; no more can be added."));
            return (NoteAction.Added, new(Written(new(notes.LastId + 1, sensorId, default, null, default, "", command.By, command.At), edit!), null));
        }

        if (notes.Find(command.NoteId) is not { } known)
            return (NoteAction.Deleted, NoteResult.Unknown($"note {command.NoteId}"));
        if (edit is null)
            return (NoteAction.Deleted, new(known, null));
        if (edit.Version is { } seen && seen != known.Version)
            return (NoteAction.Changed, new(known, $"{known.ChangedBy ?? known.By} has changed the note meanwhile: it is at version {known.Version}."));
        return (NoteAction.Changed, new(Written(known, edit) with { Version = known.Version + 1, ChangedBy = command.By, ChangedAt = command.At }, null));
    }

    private static Note Written(Note note, NoteEdit edit) => note with
    {
        From = UnixMicroseconds.Whole(edit.From),
        To = edit.To is { } to ? UnixMicroseconds.Whole(to) : null,
        Kind = edit.Kind,
        Text = edit.Text.Trim(),
    };
}
