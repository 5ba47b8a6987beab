using VibeDash.Core.Readings;

namespace VibeDash.Server.Pipeline;

/// <summary>The machines and single sensors with reported run states. Owned by the event loop.</summary>
internal sealed class Machines
{
    private readonly Dictionary<string, Machine> _machines = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Machine> _sensors = new(StringComparer.Ordinal);

    /// <summary>Number of machines and single sensors.</summary>
    public int Count => _machines.Count + _sensors.Count;

    /// <summary>The machine or sensor of a report, or null.</summary>
    public Machine? Find(MachineStateChange change) => change.SensorId is { } sensorId ? _sensors.GetValueOrDefault(sensorId) : _machines.GetValueOrDefault(change.Machine!);

    /// <summary>Run-state source of a sensor: its own entry, else that of its machine; null when neither is reported.</summary>
    public Machine? Of(string sensorId, SensorFacts facts) =>
        Count == 0 ? null
        : _sensors.TryGetValue(sensorId, out var own) ? own
        : facts.Location.Length == 0 ? null : _machines.GetValueOrDefault(Location.Parse(facts.Location).Whole);

    /// <summary>Removes a single sensor.</summary>
    public void Remove(string sensorId) => _sensors.Remove(sensorId);

    /// <summary>Adds a machine or single sensor.</summary>
    public Machine Add(Machine machine) => (machine.IsSensor ? _sensors : _machines)[machine.Name] = machine;
}
