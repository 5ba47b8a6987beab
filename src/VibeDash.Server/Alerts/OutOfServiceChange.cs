using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Server.Pipeline;

namespace VibeDash.Server.Alerts;

/// <summary>Effect of an out-of-service entry on the sensors it covers.</summary>
internal static class OutOfServiceChange
{
    /// <summary>Applies an added or ended entry.</summary>
    public static void Apply(this OutOfService entry, PipelineTransaction transaction, Actor actor, DateTimeOffset at)
    {
        var state = transaction.State;
        foreach (var (sensorId, sensor) in state.Sensors)
        {
            if (!entry.Covers(sensorId, sensor.Facts))
                continue;
            transaction.Alerts.Change(sensor, (watch, journal) => watch.SetOutOfService(state.IsOutOfService(sensorId, sensor.Facts), at, actor.Name, entry.Reason, journal));
            transaction.Changes.SetDetails(sensor);
        }
    }
}
