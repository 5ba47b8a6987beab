using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Notes;
using VibeDash.Core.Trends;

namespace VibeDash.Client.Live;

/// <summary>Callbacks of a subscriber of <see cref="ILiveFeed"/>, called one at a time. Null ignores a kind of message.</summary>
public sealed record LiveHandlers
{
    /// <summary>Readings of the watched sensors.</summary>
    public Action<SensorTick[]>? Ticks { get; init; }

    /// <summary>Readings of all sensors, a few seconds late.</summary>
    public Action<SensorTick[]>? Overview { get; init; }

    /// <summary>New sensors, changed sensors, and the current state of sensors when watching them starts.</summary>
    public Action<SensorSnapshot[]>? SensorsChanged { get; init; }

    /// <summary>Sensors that were deleted or have another id now.</summary>
    public Action<string[]>? SensorsRemoved { get; init; }

    /// <summary>Entries of the alert journal.</summary>
    public Action<AlertChange[]>? AlertsChanged { get; init; }

    /// <summary>Entries of the alert journal that concern other places.</summary>
    public Action<JournalSpan>? AlertsPassed { get; init; }

    /// <summary>Entries of the note journal that concern other places.</summary>
    public Action<JournalSpan>? NotesPassed { get; init; }

    /// <summary>Entries of the note journal.</summary>
    public Action<NoteChange[]>? NotesChanged { get; init; }

    /// <summary>The server's state.</summary>
    public Action<ServerStatus>? StatusChanged { get; init; }

    /// <summary>The connection was made or lost. On <see cref="LiveConnection.Connected"/> messages may have been missed: fetch again.</summary>
    public Action<LiveConnection>? ConnectionChanged { get; init; }
}
