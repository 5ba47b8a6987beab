using VibeDash.Core.Contract;
using VibeDash.Server.Pipeline;

namespace VibeDash.Server.Sensors;

/// <summary>Begins to evaluate the stored readings of a sensor anew. The result is what they are evaluated with.</summary>
/// <param name="sensorId">The sensor.</param>
/// <param name="actor">The person.</param>
/// <param name="at">Server time of the request.</param>
internal sealed class EvaluateHistoryCommand(string sensorId, Actor actor, DateTimeOffset at) : AnswerCommand<PastInputs>(actor, at)
{
    /// <inheritdoc/>
    protected override string? Subject => sensorId;

    /// <inheritdoc/>
    protected override Answer<PastInputs> Execute(PipelineTransaction transaction) =>
        transaction.State.Sensors.TryGetValue(sensorId, out var sensor) ? PastInputs.Of(sensor) : Refusal.Of(RefusalCode.SensorUnknown, sensorId);
}
