using System.Globalization;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Server.Pipeline;

namespace VibeDash.Server.Alerts;

/// <summary>Returns a sensor or machine to service.</summary>
/// <param name="id">Id of the out-of-service entry.</param>
/// <param name="actor">The person.</param>
/// <param name="at">Server time of the request.</param>
internal sealed class ReturnToServiceCommand(long id, Actor actor, DateTimeOffset at) : AnswerCommand<OutOfService>(actor, at)
{
    /// <inheritdoc/>
    protected override string? Subject => id.ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    protected override Answer<OutOfService> Execute(PipelineTransaction transaction) => transaction.State.OutOfService.Find(entry => entry.Id == id && transaction.State.Holds(Actor, entry)) is { } found
        ? transaction.ReturnToService(found, Actor.Name, At)
        : Refusal.Of(RefusalCode.NotOutOfService);
}
