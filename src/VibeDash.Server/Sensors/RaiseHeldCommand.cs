using VibeDash.Core.Contract;
using VibeDash.Server.Pipeline;

namespace VibeDash.Server.Sensors;

/// <summary>Evaluates the newest readings of a sensor again, so that what an evaluation of history found to hold is raised. The result is the number of alerts; −1 when the sensor is not the same any more.</summary>
/// <param name="sensorId">The sensor.</param>
/// <param name="key">Its key when the evaluation began: with another one, it is not the same sensor any more.</param>
/// <param name="since">Event time at which the first of the conditions was raised.</param>
/// <param name="actor">The person who started the evaluation.</param>
/// <param name="at">Server time.</param>
internal sealed class RaiseHeldCommand(string sensorId, int key, DateTimeOffset since, Actor actor, DateTimeOffset at) : Command<int>(actor, at)
{
    /// <inheritdoc/>
    protected override string? Subject => sensorId;

    /// <inheritdoc/>
    protected override int Execute(PipelineTransaction transaction)
    {
        if (!transaction.State.Sensors.TryGetValue(sensorId, out var sensor) || sensor.Stored.Key != key)
            return -1;
        var before = sensor.Watch.Alerts.Where(alert => alert.Facts.IsActive).Select(alert => alert.Kind).ToHashSet();
        transaction.Alerts.Reevaluate(sensor, since < sensor.Latest.Timestamp ? since : sensor.Latest.Timestamp);
        return sensor.Watch.Alerts.Count(alert => alert.Facts.IsActive && !before.Contains(alert.Kind));
    }
}
