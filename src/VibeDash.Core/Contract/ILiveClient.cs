using VibeDash.Core.Alerts;
using VibeDash.Core.Notes;
using VibeDash.Core.Trends;

namespace VibeDash.Core.Contract;

/// <summary>
/// Messages that the hub <c>/hubs/live</c> sends. The methods of the hub itself are <see cref="LiveHubMethods"/>. A client that is limited to places gets
/// what concerns the sensors there.
/// </summary>
public interface ILiveClient
{
    /// <summary>Readings of the watched sensors, at most four batches a second. May be coalesced, never repeated.</summary>
    Task Ticks(SensorTick[] ticks);

    /// <summary>
    /// For clients that watch the overview: the readings of every sensor, one tick for each about every five seconds, spread evenly over that time.
    /// May repeat readings already sent by <see cref="Ticks"/>.
    /// </summary>
    Task Overview(SensorTick[] ticks);

    /// <summary>
    /// Sensors that are new, whose facts changed, or that were reported offline or online: to every client. Sensors that a client starts to watch: to that
    /// client.
    /// </summary>
    Task SensorsChanged(SensorSnapshot[] sensors);

    /// <summary>Sensors that were deleted, or have another id now: to every client. Open alerts may have moved to another sensor: fetch the fleet again.</summary>
    Task SensorsRemoved(string[] sensorIds);

    /// <summary>Alert journal entries in order, immediately and without gaps. To every client.</summary>
    Task AlertsChanged(AlertChange[] changes);

    /// <summary>To a client that is limited to places, in place of alert journal entries that concern others.</summary>
    Task AlertsPassed(JournalSpan span);

    /// <summary>Note journal entries in order, immediately. To every client. A position that does not follow the last one means that entries were missed.</summary>
    Task NotesChanged(NoteChange[] changes);

    /// <summary>To a client that is limited to places, in place of note journal entries that concern others.</summary>
    Task NotesPassed(JournalSpan span);

    /// <summary>The state of the server after a change; at most once a second. To every client.</summary>
    Task StatusChanged(ServerStatus status);
}
