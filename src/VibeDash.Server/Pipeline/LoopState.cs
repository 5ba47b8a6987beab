using VibeDash.Core.Alerts;
using VibeDash.Core.Readings;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Pipeline;

/// <summary>What the event loop knows: always what the last commit left in the database. Owned by the event loop.</summary>
internal sealed class LoopState
{
    /// <summary>All sensors by id.</summary>
    public Dictionary<string, SensorState> Sensors { get; } = new(StringComparer.Ordinal);

    /// <summary>The sensor of each open alert.</summary>
    public Dictionary<long, string> SensorOfOpenAlert { get; } = [];

    /// <summary>The rules in force.</summary>
    public required RuleBook Book { get; set; }

    /// <summary>What is out of service now.</summary>
    public required List<OutOfService> OutOfService { get; init; }

    /// <summary>The machines of which somebody says whether they run.</summary>
    public Machines Machines { get; } = new();

    /// <summary>From when on an alert is chattering.</summary>
    public ChatteringLimit Chattering { get; init; } = ChatteringLimit.Usual;

    /// <summary>Highest id of what is or was out of service.</summary>
    public long LastOutOfServiceId { get; set; }

    /// <summary>Last committed numbers of the journal.</summary>
    public required JournalNumbers Numbers { get; init; }

    /// <summary>Highest sensor key in use.</summary>
    public int LastSensorKey { get; set; }

    /// <summary>Sensors that have so many readings that some are to be sealed, each once.</summary>
    public Queue<SensorState> ToSeal { get; } = [];

    /// <summary>What there is of dead letters.</summary>
    public DeadLetterTotals DeadLetters { get; set; }

    /// <summary>When what was sent may have been missed.</summary>
    public Outages Outages { get; } = new();

    /// <summary>True when no reading between the latest of a sensor and this can have been missed: the silence between them is the sensor's own.</summary>
    public bool IsCertain(SensorState sensor, Reading reading) =>
        sensor.ArrivedAt > Outages.ListeningSince && !Outages.Meet(sensor.Latest.Timestamp, reading.Timestamp);

    /// <summary>The watch of a sensor.</summary>
    /// <param name="sensorId">The sensor.</param>
    /// <param name="facts">What is known of it.</param>
    /// <param name="labels">Its labels.</param>
    /// <param name="unit">Unit of its readings.</param>
    /// <param name="alerts">Its open alerts.</param>
    public SensorWatch Watch(string sensorId, SensorFacts facts, IReadOnlyList<string> labels, string unit, IEnumerable<Alert> alerts) =>
        new(sensorId, Book.For(sensorId, facts, labels, unit), [.. alerts], IsOutOfService(sensorId, facts), Chattering);

    /// <summary>True when a sensor or its machine is out of service.</summary>
    public bool IsOutOfService(string sensorId, SensorFacts facts) => OutOfService.Exists(entry => entry.Covers(sensorId, facts));
}
