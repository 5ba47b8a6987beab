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
        if (!transaction.State.Sensors.ContainsKey(sensorId) || !transaction.State.Holds(Actor, sensorId))
            return Refusal.Of(RefusalCode.SensorUnknown, sensorId);
        if (context.Notes.Count(note => note.SensorId == sensorId) >= Note.MaximumPerSensor)
            return Refusal.Of(RefusalCode.TooManyNotes, Note.MaximumPerSensor);

        return Write(transaction, NoteAction.Added, Apply(new(transaction.NextNoteId(), sensorId, default, null, default, "", Actor.Name, At), edit));
    }
}
