using VibeDash.Core.Alerts;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Pipeline;

/// <summary>Changes of out-of-service entries, and their effect on the sensors they cover.</summary>
internal static class OutOfServiceChange
{
    /// <summary>Adds an entry.</summary>
    public static void TakeOutOfService(this PipelineTransaction transaction, OutOfService entry)
    {
        transaction.State.OutOfService.Add(entry);
        transaction.Storage.Changes().OutOfService.Add(entry);
        Apply(transaction, entry, entry.By, entry.At);
    }

    /// <summary>Ends an entry.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="entry">One of <see cref="PipelineState.OutOfService"/>.</param>
    /// <param name="by">The user; null when the period ended.</param>
    /// <param name="at">Server time.</param>
    /// <returns>The ended entry.</returns>
    public static OutOfService ReturnToService(this PipelineTransaction transaction, OutOfService entry, string? by, DateTimeOffset at)
    {
        transaction.State.OutOfService.Remove(entry);
        var ended = entry with { ReturnedAt = at, ReturnedBy = by };
        Update(transaction, ended);
        Apply(transaction, ended, by, at);
        return ended;
    }

    /// <summary>Sets another end of an entry.</summary>
    /// <returns>The entry with that end.</returns>
    public static OutOfService Extend(this PipelineTransaction transaction, OutOfService entry, DateTimeOffset end)
    {
        var extended = entry with { ExpectedEnd = end };
        transaction.State.OutOfService[transaction.State.OutOfService.IndexOf(entry)] = extended;
        Update(transaction, extended);
        return extended;
    }

    /// <summary>Ends the entries whose period is over.</summary>
    public static void EndOutOfService(this PipelineTransaction transaction, DateTimeOffset now)
    {
        foreach (var entry in transaction.State.OutOfService.FindAll(entry => (entry.ExpectedEnd ?? entry.At.AddDays(OutOfService.MaximumDays)) <= now))
            transaction.ReturnToService(entry, by: null, now);
    }

    private static void Update(PipelineTransaction transaction, OutOfService entry)
    {
        // It may have been added in this transaction.
        transaction.Storage.Save();
        transaction.Storage.Changes().OutOfService.Update(entry);
    }

    // All sensors: the location of one may have changed since the entry was added.
    private static void Apply(PipelineTransaction transaction, OutOfService entry, string? by, DateTimeOffset at)
    {
        var cause = by is null ? AlertCause.Of(TransitionCause.OutOfServiceEnded) : null;
        foreach (var sensor in transaction.State.Sensors.Values)
            transaction.Alerts.FollowOutOfService(sensor, at, by, entry.Reason, cause);
    }
}
