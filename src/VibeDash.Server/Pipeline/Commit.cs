using VibeDash.Core.Alerts;
using VibeDash.Core.Notes;
using VibeDash.Core.Readings;

namespace VibeDash.Server.Pipeline;

/// <summary>What one commit changed, for those who show it: they take over what they keep, as it is used again.</summary>
internal sealed class Commit
{
    /// <summary>Live readings by sensor; late ones and duplicates are not among them.</summary>
    public Dictionary<string, ReadingSpan> Readings { get; } = new(StringComparer.Ordinal);

    /// <summary>Sensors that are new or whose facts or unit changed.</summary>
    public Dictionary<string, SensorFacts> Facts { get; } = new(StringComparer.Ordinal);

    /// <summary>Sensors about which something else is said now; they are among <see cref="Facts"/>, too.</summary>
    public Dictionary<string, SensorSaid> Settings { get; } = new(StringComparer.Ordinal);

    /// <summary>Sensors that were said to be offline or online, and since when they are offline: <see cref="SensorStatusChange"/>.</summary>
    public Dictionary<string, DateTimeOffset?> OfflineSince { get; } = new(StringComparer.Ordinal);

    /// <summary>Journal entries in order.</summary>
    public List<AlertChange> Journal { get; } = [];

    /// <summary>Open alerts that changed, those with a new peak included.</summary>
    public List<Alert> OpenAlerts { get; } = [];

    /// <summary>Entries of the journal of notes in order.</summary>
    public List<NoteChange> Notes { get; } = [];

    /// <summary>The rules, when they changed.</summary>
    public RuleBook? Book { get; set; }

    /// <summary>Readings stored, late ones included.</summary>
    public int Stored { get; set; }

    /// <summary>Events that were stored before.</summary>
    public int Duplicates { get; set; }

    /// <summary>Readings older than what their sensor had shown.</summary>
    public int Late { get; set; }

    /// <summary>Messages put to the dead letters.</summary>
    public int Rejected { get; set; }

    /// <summary>Forgets everything, to be used again.</summary>
    public void Clear()
    {
        Readings.Clear();
        Facts.Clear();
        Settings.Clear();
        OfflineSince.Clear();
        Journal.Clear();
        OpenAlerts.Clear();
        Notes.Clear();
        Book = null;
        Stored = Duplicates = Late = Rejected = 0;
    }
}
