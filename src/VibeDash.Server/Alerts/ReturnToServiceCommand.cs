using System.Globalization;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Storage;

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
    protected override Answer<OutOfService> Execute(PipelineTransaction transaction)
    {
        if (transaction.State.OutOfService.Find(entry => entry.Id == id) is not { } ended)
            return Refusal.Of(RefusalCode.NotOutOfService);

        transaction.State.OutOfService.Remove(ended);
        ended = ended with { ReturnedAt = At, ReturnedBy = Actor.Name };

        // It may have been added in this transaction.
        transaction.Storage.Save();
        transaction.Storage.Changes().OutOfService.Update(ended);
        ended.Apply(transaction, Actor, At);
        return ended;
    }
}
