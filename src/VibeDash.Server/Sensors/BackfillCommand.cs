using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Server.Pipeline;

namespace VibeDash.Server.Sensors;

/// <summary>Journals what an evaluation of history has found and that is over. The result is the number of alerts; −1 when the sensor is not the same any more.</summary>
/// <param name="sensorId">The sensor.</param>
/// <param name="key">Its key when the evaluation began: with another one, it is not the same sensor any more.</param>
/// <param name="over">The findings of each alert.</param>
/// <param name="actor">The person who started the evaluation.</param>
/// <param name="at">Server time.</param>
internal sealed class BackfillCommand(string sensorId, int key, IReadOnlyList<Finding[]> over, Actor actor, DateTimeOffset at) : Command<int>(actor, at)
{
    /// <inheritdoc/>
    protected override string? Subject => sensorId;

    /// <inheritdoc/>
    protected override int Execute(PipelineTransaction transaction) =>
        transaction.State.Sensors.GetValueOrDefault(sensorId) is { } sensor && sensor.Stored.Key == key ? transaction.Alerts.Backfill(sensor, over) : -1;
}
