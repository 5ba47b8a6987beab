using VibeDash.Core.Contract;
using VibeDash.Core.Notes;
using VibeDash.Server.Pipeline;

namespace VibeDash.Server.Notes;

/// <summary>Adds, changes or deletes a note.</summary>
/// <param name="sensorId">The sensor of a note to add; null to change or delete one.</param>
/// <param name="noteId">The note to change or delete.</param>
/// <param name="edit">The note as it is to be, without fault; null to delete it.</param>
/// <param name="by">Who asked for it.</param>
/// <param name="at">Server time at which they did.</param>
internal sealed class NoteCommand(string? sensorId, long noteId, NoteEdit? edit, string by, DateTimeOffset at) : Command<NoteResult>
{
    /// <summary>The sensor of a note to add; null to change or delete one.</summary>
    public string? SensorId => sensorId;

    /// <summary>The note to change or delete.</summary>
    public long NoteId => noteId;

    /// <summary>The note as it is to be; null to delete it.</summary>
    public NoteEdit? Edit => edit;

    /// <summary>Who asked for it.</summary>
    public string By => by;

    /// <summary>Server time at which they did.</summary>
    public DateTimeOffset At => at;

    /// <summary>What the last attempt wrote, which may have reached the disk although its commit failed to say so.</summary>
    public NoteChange? Written { get; set; }
}
