using VibeDash.Core.Alerts;
using VibeDash.Core.Notes;
using VibeDash.Core.Readings;
using VibeDash.Core.Trends;

namespace VibeDash.Server.Pipeline;

/// <summary>Change set of one commit. Reused for the next one: observers copy anything they keep.</summary>
internal sealed class ChangeSet
{
    /// <summary>Live readings by sensor; late-arriving ones, those ahead of the clock, and duplicates are not among them.</summary>
    public Dictionary<string, ReadingSpan> Readings { get; } = new(StringComparer.Ordinal);

    /// <summary>Sensors that are new or whose facts, unit or details changed.</summary>
    public Dictionary<string, SensorFacts> Facts { get; } = new(StringComparer.Ordinal);

    /// <summary>Sensors whose details changed; they are in <see cref="Facts"/>, too.</summary>
    public Dictionary<string, SensorDetails> Details { get; } = new(StringComparer.Ordinal);

    /// <summary>Sensors reported offline or online; the value is the start of the offline time: <see cref="SensorStatusChange"/>.</summary>
    public Dictionary<string, DateTimeOffset?> OfflineSince { get; } = new(StringComparer.Ordinal);

    /// <summary>Ids of sensors that were deleted, or have another id now. A transaction with removed or loaded sensors has no readings.</summary>
    public List<string> Removed { get; } = [];

    /// <summary>Sensors that were loaded anew, under an id of their own or of another.</summary>
    public List<(SensorState Sensor, Sparkline Sparkline)> Loaded { get; } = [];

    /// <summary>Entries of the alert journal, in order.</summary>
    public List<AlertChange> Journal { get; } = [];

    /// <summary>Open alerts that changed, including those with a new peak.</summary>
    public List<Alert> OpenAlerts { get; } = [];

    /// <summary>The first reading of each new sensor, where it is not good.</summary>
    public Dictionary<string, Reading> Added { get; } = new(StringComparer.Ordinal);

    /// <summary>Entries of the journal of notes, in order.</summary>
    public List<NoteChange> Notes { get; } = [];

    /// <summary>The rules, when they changed.</summary>
    public RuleBook? Book { get; set; }

    /// <summary>Number of readings stored, late-arriving ones included.</summary>
    public int Stored { get; set; }

    /// <summary>Number of duplicates.</summary>
    public int Duplicates { get; set; }

    /// <summary>Number of late-arriving readings.</summary>
    public int Late { get; set; }

    /// <summary>Number of messages that became dead letters.</summary>
    public int Rejected { get; set; }

    /// <summary>Number of dead letters kept after the commit.</summary>
    public int DeadLetters { get; set; }

    /// <summary>A sensor's details changed.</summary>
    public void SetDetails(SensorState sensor) => (Facts[sensor.SensorId], Details[sensor.SensorId]) = (sensor.Facts, sensor.Details());

    /// <summary>Clears all for the next commit.</summary>
    public void Clear()
    {
        Readings.Clear();
        Facts.Clear();
        Details.Clear();
        Added.Clear();
        OfflineSince.Clear();
        Removed.Clear();
        Loaded.Clear();
        Journal.Clear();
        OpenAlerts.Clear();
        Notes.Clear();
        Book = null;
        Stored = Duplicates = Late = Rejected = DeadLetters = 0;
    }
}
