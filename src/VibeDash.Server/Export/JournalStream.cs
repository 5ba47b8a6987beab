using Microsoft.EntityFrameworkCore;
using VibeDash.Core.People;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Export;

/// <summary>
/// The alert journal in order, in batches, each with its own query: a slow consumer does not keep the database log from being checkpointed.
/// Thread-safe.
/// </summary>
internal sealed class JournalStream(IDbContextFactory<VibeDashContext> contexts)
{
    private const int BatchSize = 2000;

    /// <summary>Number of entries.</summary>
    public async Task<long> CountAsync(string? sensorId, DateTimeOffset from, DateTimeOffset to, PlaceLimit? limit, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await Of(context, context.Seen(limit), sensorId, from, to, after: 0).LongCountAsync(cancellationToken);
    }

    /// <summary>Reads the entries in batches.</summary>
    /// <param name="sensorId">Only alerts of this sensor; null for all.</param>
    /// <param name="from">Earliest time of an entry, inclusive.</param>
    /// <param name="to">Latest time, inclusive.</param>
    /// <param name="limit">The places to which the reader is limited; null for everywhere.</param>
    public IEnumerable<IReadOnlyList<JournalEntry>> Batches(string? sensorId, DateTimeOffset from, DateTimeOffset to, PlaceLimit? limit)
    {
        var last = 0L;
        while (true)
        {
            using var context = contexts.CreateDbContext();
            JournalEntry[] batch = [.. Of(context, context.Seen(limit), sensorId, from, to, last).OrderBy(row => row.Transition.Position).Take(BatchSize).AsEnumerable()
                .Select(row => new JournalEntry(row.Transition.ToTransition(), row.Alert.SensorId, row.Alert.Kind))];
            if (batch.Length == 0)
                yield break;
            last = batch[^1].Transition.Position;
            yield return batch;
        }
    }

    private static IQueryable<Row> Of(VibeDashContext context, IQueryable<AlertRow> alerts, string? sensorId, DateTimeOffset from, DateTimeOffset to, long after) =>
        from transition in context.AlertTransitions.AsNoTracking()
        join alert in alerts on transition.AlertId equals alert.Id
        where transition.Position > after && transition.At >= @from && transition.At <= to && (sensorId == null || alert.SensorId == sensorId)
        select new Row { Transition = transition, Alert = alert };

    private sealed class Row
    {
        public required AlertTransitionRow Transition { get; init; }

        public required AlertRow Alert { get; init; }
    }
}
