using VibeDash.Core.Contract;
using VibeDash.Core.Notes;
using VibeDash.Server.Pipeline;

namespace VibeDash.Server.Notes;

/// <summary>Adds a note to a sensor.</summary>
/// <param name="sensorId">The sensor.</param>
/// <param name="edit">The note, validated.</param>
/// <param name="actor">The person.</param>
/// <param name="at">Server time of the request.</param>
internal sealed class AddNoteCommand(string sensorId, NoteEdit edit, Actor actor, DateTimeOffset at) : NoteCommand(actor, at)
{
    /// <inheritdoc/>
    protected override string? Subject => sensorId;

    /// <inheritdoc/>
    protected override Answer<Note> Execute(PipelineTransaction transaction)
    {
        var context = transaction.Storage.Context;
        if (!transaction.State.Sensors.ContainsKey(sensorId))
            return Refusal.Of(RefusalCode.SensorUnknown, sensorId);
        if (context.Notes.Count(note => note.SensorId == sensorId) >= Note.MaximumPerSensor)
            return Refusal.Of(RefusalCode.TooManyNotes, Note.MaximumPerSensor);

        // From the journal, since the ids of deleted notes are not reused.
        var id = (context.NoteChanges.Max(change => (long?)change.NoteId) ?? 0) + 1;
        return Write(transaction, NoteAction.Added, Apply(new(id, sensorId, default, null, default, "", Actor.Name, At), edit));
    }
}
