using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Server.Pipeline;

namespace VibeDash.Server.Alerts;

/// <summary>Takes a sensor or machine out of service.</summary>
/// <param name="request">The request, validated.</param>
/// <param name="actor">The person.</param>
/// <param name="at">Server time of the request.</param>
internal sealed class TakeOutOfServiceCommand(OutOfServiceRequest request, Actor actor, DateTimeOffset at) : AnswerCommand<OutOfService>(actor, at)
{
    /// <inheritdoc/>
    protected override string? Subject => request.SensorId ?? request.Machine;

    /// <inheritdoc/>
    protected override Answer<OutOfService> Execute(PipelineTransaction transaction)
    {
        var (state, sensorId, machine) = (transaction.State, Text(request.SensorId), Text(request.Machine));
        var entry = new OutOfService(state.LastOutOfServiceId + 1, sensorId, machine, request.Reason.Trim(), Actor.Name, At, request.ExpectedEnd);
        if (!state.Holds(Actor, entry))
            return Refusal.Of(RefusalCode.OutsidePlaces, sensorId ?? machine!);
        if (state.OutOfService.Exists(other => (other.SensorId, other.Machine) == (sensorId, machine)))
            return Refusal.Of(RefusalCode.AlreadyOutOfService);

        state.LastOutOfServiceId = entry.Id;
        transaction.TakeOutOfService(entry);
        return entry;
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
