using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Server.Pipeline;

namespace VibeDash.Server.Sensors;

/// <summary>Journals what an evaluation of history has found and that is over. The result is the number of alerts.</summary>
/// <param name="sensorId">The sensor.</param>
/// <param name="over">The findings of each alert.</param>
/// <param name="actor">The person who started the evaluation.</param>
/// <param name="at">Server time.</param>
internal sealed class BackfillCommand(string sensorId, IReadOnlyList<Finding[]> over, Actor actor, DateTimeOffset at) : Command<int>(actor, at)
{
    /// <inheritdoc/>
    protected override string? Subject => sensorId;

    /// <inheritdoc/>
    protected override int Execute(PipelineTransaction transaction) =>
        transaction.State.Sensors.TryGetValue(sensorId, out var sensor) ? transaction.Alerts.Backfill(sensor, over) : 0;
}
