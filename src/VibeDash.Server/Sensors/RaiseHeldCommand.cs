using VibeDash.Core.Contract;
using VibeDash.Server.Pipeline;

namespace VibeDash.Server.Sensors;

/// <summary>Evaluates the newest readings of a sensor again, so that what an evaluation of history found to hold is raised. The result is the number of alerts.</summary>
/// <param name="sensorId">The sensor.</param>
/// <param name="since">Event time at which the first of the conditions was raised.</param>
/// <param name="actor">The person who started the evaluation.</param>
/// <param name="at">Server time.</param>
internal sealed class RaiseHeldCommand(string sensorId, DateTimeOffset since, Actor actor, DateTimeOffset at) : Command<int>(actor, at)
{
    /// <inheritdoc/>
    protected override string? Subject => sensorId;

    /// <inheritdoc/>
    protected override int Execute(PipelineTransaction transaction)
    {
        if (!transaction.State.Sensors.TryGetValue(sensorId, out var sensor))
            return 0;
        var before = sensor.Watch.Alerts.Where(alert => alert.Facts.IsActive).Select(alert => alert.Kind).ToHashSet();
        transaction.Alerts.Reevaluate(sensor, since < sensor.Latest.Timestamp ? since : sensor.Latest.Timestamp);
        return sensor.Watch.Alerts.Count(alert => alert.Facts.IsActive && !before.Contains(alert.Kind));
    }
}
