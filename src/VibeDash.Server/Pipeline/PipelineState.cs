using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Notes;
using VibeDash.Core.Readings;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Pipeline;

/// <summary>In-memory state of the event loop; matches the last commit. Owned by the event loop.</summary>
internal sealed class PipelineState
{
    /// <summary>Server time at which it was loaded: times of arrival before it are estimates.</summary>
    public DateTimeOffset LoadedAt { get; init; }

    /// <summary>All sensors by id.</summary>
    public Dictionary<string, SensorState> Sensors { get; } = new(StringComparer.Ordinal);

    /// <summary>Sensors that a person has named before they have sent anything, by id: their first reading makes them one of <see cref="Sensors"/>.</summary>
    public Dictionary<string, SensorRow> Awaited { get; } = new(StringComparer.Ordinal);

    /// <summary>Former ids of sensors, with their present ids. None of them is the id of a sensor.</summary>
    public Dictionary<string, string> Aliases { get; } = new(StringComparer.Ordinal);

    /// <summary>The sensors with readings ahead of their clock: <see cref="SensorState.WaitingFrom"/>.</summary>
    public HashSet<SensorState> Waiting { get; } = [];

    /// <summary>What sends for sensors that send changes only, by name.</summary>
    public Dictionary<string, Sender> Senders { get; } = new(StringComparer.Ordinal);

    /// <summary>Common silences by their subject: those that last, have an open alert, or have sensors that did not return yet.</summary>
    public Dictionary<string, CommonSilence> Common { get; } = new(StringComparer.Ordinal);

    /// <summary>The sensor of each open alert, or the subject of a common one: <see cref="WatchOf"/>.</summary>
    public Dictionary<long, string> SensorOfOpenAlert { get; } = [];

    /// <summary>The rules in force.</summary>
    public required RuleBook Book { get; set; }

    /// <summary>Sensors and machines out of service.</summary>
    public required List<OutOfService> OutOfService { get; init; }

    /// <summary>Machines with reported states.</summary>
    public Machines Machines { get; } = new();

    /// <summary>The chattering limit.</summary>
    public ChatteringLimit Chattering { get; init; } = ChatteringLimit.Usual;

    /// <summary>Highest id given to an out-of-service entry.</summary>
    public long LastOutOfServiceId { get; set; }

    /// <summary>Last committed numbers of the alert journal.</summary>
    public required JournalNumbers Numbers { get; init; }

    /// <summary>Last entry of the alert journal at the time of loading, or null.</summary>
    public AlertChange? LastAlertChange { get; init; }

    /// <summary>Last entry of the journal of notes at the time of loading, or null.</summary>
    public NoteChange? LastNoteChange { get; init; }

    /// <summary>Highest sensor key in use.</summary>
    public int LastSensorKey { get; set; }

    /// <summary>Sensors with enough readings for compaction, each once.</summary>
    public Queue<StoredSensor> ToCompact { get; } = [];

    /// <summary>Totals of the dead letters.</summary>
    public DeadLetterTotals DeadLetters { get; set; }

    /// <summary>Times at which readings may have been missed.</summary>
    public Outages Outages { get; } = new();

    /// <summary>True when no reading between the sensor's latest and this one can have been missed: the silence between them is the sensor's own.</summary>
    /// <param name="sensor">The sensor.</param>
    /// <param name="reading">The reading.</param>
    /// <param name="arrivedAt">Server time of its arrival; null for a replay.</param>
    public bool IsCertain(SensorState sensor, Reading reading, DateTimeOffset? arrivedAt) =>
        sensor.ArrivedAt > Outages.ListeningSince && (arrivedAt is null || Outages.IsCurrent(arrivedAt.Value)) && !Outages.Overlap(sensor.Latest.Timestamp, reading.Timestamp);

    /// <summary>True when an actor may see a sensor, or an alert about this subject.</summary>
    public bool Shows(Actor actor, string subject) => actor.Limit is not { } limit || limit.Shows(subject, LocationOf(subject));

    /// <summary>True when an actor may act on a sensor, or on an alert about this subject.</summary>
    public bool Holds(Actor actor, string subject) => actor.Limit is not { } limit || limit.Holds(subject, LocationOf(subject));

    /// <summary>True when an actor may act on an out-of-service entry.</summary>
    public bool Holds(Actor actor, OutOfService entry) => entry.Machine is { } machine ? actor.Limit?.Covers(machine) ?? true : Holds(actor, entry.SensorId!);

    /// <summary>True when an actor may see a rule.</summary>
    public bool Shows(Actor actor, AlertRule rule) => actor.Limit?.Shows(rule.Scope, LocationsOf) ?? true;

    /// <summary>True when an actor may change a rule.</summary>
    public bool Holds(Actor actor, AlertRule rule) => actor.Limit?.Holds(rule.Scope, LocationsOf) ?? true;

    /// <summary>Location of a sensor; null when it is not known.</summary>
    public string? LocationOf(string sensorId) => Sensors.GetValueOrDefault(sensorId)?.Facts.Location;

    // The scope of a rule compares ids case-insensitively.
    private IEnumerable<string> LocationsOf(string sensorId) =>
        Sensors.Where(sensor => string.Equals(sensor.Key, sensorId, StringComparison.OrdinalIgnoreCase)).Select(sensor => sensor.Value.Facts.Location);

    /// <summary>The watch that holds the alerts of a sensor or common subject.</summary>
    public SensorWatch WatchOf(string subject) => Sensors.TryGetValue(subject, out var sensor) ? sensor.Watch : Common[subject].Watch;

    /// <summary>The sender with that name; a new one has not been heard.</summary>
    public Sender SenderOf(string name)
    {
        if (!Senders.TryGetValue(name, out var sender))
            Senders[name] = sender = new(name);
        return sender;
    }

    /// <summary>The present id of a sensor that has or had this id; the same id when there is none.</summary>
    public string IdOf(string sensorId) => Aliases.Count > 0 && Aliases.TryGetValue(sensorId, out var present) ? present : sensorId;

    /// <summary>Creates the watch of a sensor.</summary>
    /// <param name="sensorId">The sensor.</param>
    /// <param name="facts">Its facts.</param>
    /// <param name="labels">Its labels.</param>
    /// <param name="unit">Unit of its readings.</param>
    /// <param name="alerts">Its open alerts.</param>
    /// <param name="runLevel">Its run level, or null.</param>
    public SensorWatch Watch(string sensorId, SensorFacts facts, IReadOnlyList<string> labels, string unit, IEnumerable<Alert> alerts, RunLevel? runLevel = null) =>
        new(sensorId, Book.For(sensorId, facts, labels, unit, runLevel), [.. alerts], IsOutOfService(sensorId, facts), Chattering);

    /// <summary>True when a sensor or its machine is out of service.</summary>
    public bool IsOutOfService(string sensorId, SensorFacts facts) => OutOfService.Exists(entry => entry.Covers(sensorId, facts));
}
