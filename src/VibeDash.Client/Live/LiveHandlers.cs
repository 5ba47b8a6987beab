using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Notes;
using VibeDash.Core.Trends;

namespace VibeDash.Client.Live;

/// <summary>What a subscriber of <see cref="ILiveFeed"/> wants to hear. Called one at a time; a handler left null hears nothing.</summary>
public sealed class LiveHandlers
{
    /// <summary>Readings of what is watched.</summary>
    public Action<SensorTick[]>? Ticks { get; init; }

    /// <summary>Readings of all sensors, each some seconds late.</summary>
    public Action<SensorTick[]>? Overview { get; init; }

    /// <summary>New sensors, sensors as they stand when they begin to be watched, and changed facts.</summary>
    public Action<SensorSnapshot[]>? SensorsChanged { get; init; }

    /// <summary>Alert journal entries.</summary>
    public Action<AlertChange[]>? AlertsChanged { get; init; }

    /// <summary>Entries of the journal of notes.</summary>
    public Action<NoteChange[]>? NotesChanged { get; init; }

    /// <summary>The server's state.</summary>
    public Action<ServerStatus>? StatusChanged { get; init; }

    /// <summary>The connection was made or lost. After <see cref="LiveConnection.Connected"/> messages may have been missed: fetch anew.</summary>
    public Action<LiveConnection>? ConnectionChanged { get; init; }
}
