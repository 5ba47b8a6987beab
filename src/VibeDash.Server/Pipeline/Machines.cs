using VibeDash.Core.Readings;

namespace VibeDash.Server.Pipeline;

/// <summary>The machines, and single sensors, of which somebody says whether they run. Owned by the event loop.</summary>
internal sealed class Machines
{
    private readonly Dictionary<string, Machine> _machines = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Machine> _sensors = new(StringComparer.Ordinal);

    /// <summary>How many there are.</summary>
    public int Count => _machines.Count + _sensors.Count;

    /// <summary>The one that a word is about, or null.</summary>
    public Machine? Find(MachineStateChange change) => change.SensorId is { } sensorId ? _sensors.GetValueOrDefault(sensorId) : _machines.GetValueOrDefault(change.Machine!);

    /// <summary>The one whose state a sensor follows: what is said of it itself, else of its machine; null when nothing is said of either.</summary>
    public Machine? Of(string sensorId, SensorFacts facts) =>
        Count == 0 ? null
        : _sensors.TryGetValue(sensorId, out var own) ? own
        : facts.Location.Length == 0 ? null : _machines.GetValueOrDefault(Location.Parse(facts.Location).Whole);

    /// <summary>Adds one.</summary>
    public Machine Add(Machine machine) => (machine.IsSensor ? _sensors : _machines)[machine.Name] = machine;
}
