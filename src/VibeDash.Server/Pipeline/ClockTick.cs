using VibeDash.Server.Storage;

namespace VibeDash.Server.Pipeline;

/// <summary>
/// A tick of the clock, each second: evaluates the readings that were ahead of it, and silences, ends what expired, and prunes history and the record of
/// commands.
/// </summary>
/// <param name="now">Server time.</param>
/// <param name="listeningSince">Time since which all brokers have been connected; null while one is not.</param>
/// <param name="presentSince">As <paramref name="listeningSince"/>, and without a backlog since; null while there is one.</param>
internal sealed class ClockTick(DateTimeOffset now, DateTimeOffset? listeningSince, DateTimeOffset? presentSince) : WorkItem
{
    /// <inheritdoc/>
    public override void Do(PipelineTransaction transaction)
    {
        if (transaction.State.Outages.Observe(now, listeningSince))
            transaction.Storage.Listened(listeningSince!.Value, now, kept: Outages.Maximum + 1);
        transaction.Alerts.EndExpired(now);
        transaction.EndOutOfService(now);

        // Not during a backlog, which still holds earlier readings. A disconnected broker does not delay them: it may be away for days.
        if (presentSince is not null || listeningSince is null)
            transaction.Readings.EvaluateDue(now);
        if (presentSince is { } present)
            transaction.Alerts.EvaluateSilences(now, present);

        transaction.Storage.Readings.Prune(now);
        transaction.Commands.Prune(now);
    }

    /// <inheritdoc/>
    public override void Fail(PipelineTransaction transaction, Exception fault)
    {
        // The next tick does the work.
    }

    /// <inheritdoc/>
    public override void Committed()
    {
    }
}
