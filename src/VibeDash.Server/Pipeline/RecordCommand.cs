using VibeDash.Core.Contract;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Pipeline;

/// <summary>Puts on record what somebody did elsewhere: its effect is not in this database.</summary>
/// <param name="row">Name, subject, detail, before and after; the rest is filled in.</param>
/// <param name="refusal">Why it was refused; null when it was done.</param>
/// <param name="actor">The person.</param>
/// <param name="at">Server time.</param>
internal sealed class RecordCommand(CommandRow row, RefusalCode? refusal, Actor actor, DateTimeOffset at) : Command<Actor>(actor, at)
{
    /// <inheritdoc/>
    protected override string Name => row.Name;

    /// <inheritdoc/>
    protected override string? Subject => row.Subject;

    /// <inheritdoc/>
    protected override string? Detail => row.Detail;

    /// <inheritdoc/>
    protected override Actor Execute(PipelineTransaction transaction)
    {
        Replaces(row.Before, row.After);
        return Actor;
    }

    /// <inheritdoc/>
    protected override Refusal? RefusalOf(Actor result) => refusal is { } code ? Core.Contract.Refusal.Of(code) : null;
}
