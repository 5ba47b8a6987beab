using VibeDash.Core.Readings;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Pipeline;

/// <summary>What word of a machine's state does, inside a transaction of the event loop: it is kept, and the sensors of the machine are judged by it.</summary>
internal sealed class MachineWork(LoopState state, EventWriter writer, Commit commit, AlertWork alerts)
{
    /// <summary>Takes in a word.</summary>
    /// <param name="change">The word.</param>
    /// <param name="most">Of no more machines than this anything is kept.</param>
    /// <returns>True when it is about a sensor that there is; null when there are too many machines.</returns>
    public bool? Hear(MachineStateChange change, int most)
    {
        var machine = state.Machines.Find(change);
        if (machine is null)
        {
            if (state.Machines.Count >= most)
                return null;
            machine = state.Machines.Add(new(change.SensorId ?? change.Machine!, isSensor: change.SensorId is not null));
            foreach (var sensor in state.Sensors.Values)
                sensor.Machine = state.Machines.Of(sensor.Latest.SensorId, sensor.Facts);
        }

        // Most words say what is known: those cost no more than this.
        var before = machine.History;
        machine.History = before.Hear(change.At, change.Runs);
        if (machine.History.Words == before.Words)
            return state.Sensors.Values.Any(sensor => sensor.Machine == machine);

        writer.Put(machine, before);
        var concerns = false;
        foreach (var sensor in state.Sensors.Values.Where(sensor => sensor.Machine == machine))
        {
            concerns = true;
            Follow(sensor, change.At);
            if (change.At <= sensor.Latest.Timestamp)
                alerts.Late(sensor, change.At);
        }

        return concerns;
    }

    /// <summary>The location of a sensor has changed: it may be of another machine now.</summary>
    public void Move(SensorState sensor, DateTimeOffset at)
    {
        var machine = state.Machines.Of(sensor.Latest.SensorId, sensor.Facts);
        if (sensor.Machine == machine)
            return;
        sensor.Machine = machine;
        Follow(sensor, at);
    }

    /// <summary>Has a sensor judged by what is said of its machine.</summary>
    public void Follow(SensorState sensor, DateTimeOffset at)
    {
        alerts.Follow(sensor, at);
        (commit.Facts[sensor.Latest.SensorId], commit.Settings[sensor.Latest.SensorId]) = (sensor.Facts, sensor.Said());
    }
}
