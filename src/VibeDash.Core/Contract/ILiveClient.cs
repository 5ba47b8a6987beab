using VibeDash.Core.Alerts;
using VibeDash.Core.Notes;
using VibeDash.Core.Trends;

namespace VibeDash.Core.Contract;

/// <summary>What the hub <c>/hubs/live</c> sends. The hub's methods are <see cref="LiveHubMethods"/>.</summary>
public interface ILiveClient
{
    /// <summary>Readings, at most four batches a second; only of what the client watches. May be coalesced, never repeated.</summary>
    Task Ticks(SensorTick[] ticks);

    /// <summary>
    /// For clients that watch the overview: the readings of every sensor, one tick in about five seconds, spread evenly over that time. May also tell what
    /// <see cref="Ticks"/> has told of a sensor.
    /// </summary>
    Task Overview(SensorTick[] ticks);

    /// <summary>Sensors that are new, whose facts changed, or that were said to be offline or online: to every client. Those that a client begins to watch: to it.</summary>
    Task SensorsChanged(SensorSnapshot[] sensors);

    /// <summary>Alert journal entries in order, at once, none left out. To every client.</summary>
    Task AlertsChanged(AlertChange[] changes);

    /// <summary>Entries of the journal of notes in order, at once. To every client. One whose position does not follow the last shows that some were missed.</summary>
    Task NotesChanged(NoteChange[] changes);

    /// <summary>The server's state, when it changed; at most once a second. To every client.</summary>
    Task StatusChanged(ServerStatus status);
}
