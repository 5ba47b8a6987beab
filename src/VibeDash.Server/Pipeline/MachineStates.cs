using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Readings;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Pipeline;

/// <summary>Stores reported machine states and re-evaluates the sensors of the machine, inside a transaction of the event loop.</summary>
internal sealed class MachineStates(PipelineState state, StorageSession storage, ChangeSet changes, AlertEvaluation alerts, int maximumMachines)
{
    /// <summary>Rejection of a state of an unknown machine when the maximum is reached.</summary>
    public Rejection TooManyMachines => new(
        RejectionReason.TooManySensors, $"Storage:MaximumSensors is {maximumMachines:N0}, and run states of no more machines than that are kept.");

    /// <summary>Stores a reported state.</summary>
    /// <returns>True when it concerns a known sensor; null for <see cref="TooManyMachines"/>.</returns>
    public bool? Report(MachineStateChange change)
    {
        if (change.SensorId is { } sensorId && state.IdOf(sensorId) is var present && present != sensorId)
            change = change with { SensorId = present };
        var machine = state.Machines.Find(change);
        if (machine is null)
        {
            if (state.Machines.Count >= maximumMachines)
                return null;
            machine = state.Machines.Add(new(change.SensorId ?? change.Machine!, isSensor: change.SensorId is not null));
            foreach (var sensor in state.Sensors.Values)
                sensor.Machine = state.Machines.Of(sensor.SensorId, sensor.Facts);
        }

        // Most reports repeat the known state; this path keeps them cheap.
        var before = machine.History;
        machine.History = before.With(change.At, change.Runs);
        if (machine.History.Entries == before.Entries)
            return state.Sensors.Values.Any(sensor => sensor.Machine == machine);

        Write(machine, before);
        var concerns = false;
        foreach (var sensor in state.Sensors.Values.Where(sensor => sensor.Machine == machine))
        {
            concerns = true;
            Follow(sensor, change.At);
            if (change.At <= sensor.Latest.Timestamp)
                alerts.AddLate(sensor, change.At);
        }

        return concerns;
    }

    /// <summary>Reassigns a sensor to a machine after its location changed.</summary>
    public void Move(SensorState sensor, DateTimeOffset at)
    {
        var machine = state.Machines.Of(sensor.SensorId, sensor.Facts);
        if (sensor.Machine == machine)
            return;
        sensor.Machine = machine;
        Follow(sensor, at);
    }

    /// <summary>Applies the state of a sensor's machine to its alerts.</summary>
    public void Follow(SensorState sensor, DateTimeOffset at)
    {
        alerts.Follow(sensor, at);
        changes.SetDetails(sensor);
    }

    private void Write(Machine machine, MachineHistory before)
    {
        // Written directly, not as tracked changes: a corrected time would track two rows with one key.
        foreach (var (at, _) in before.Entries.Except(machine.History.Entries))
            storage.Context.MachineStates.Where(row => row.Name == machine.Name && row.IsSensor == machine.IsSensor && row.At == at).ExecuteDelete();
        foreach (var (at, runs) in machine.History.Entries.Except(before.Entries))
            storage.Changes().MachineStates.Add(new() { Name = machine.Name, IsSensor = machine.IsSensor, At = at, Runs = runs });
        storage.Save();
    }
}
