using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Contract;
using VibeDash.Core.Readings;
using VibeDash.Server.Storage;

namespace VibeDash.Server.DeadLetters;

/// <summary>Queries dead letters. Thread-safe.</summary>
internal sealed class DeadLetterReader(IDbContextFactory<VibeDashContext> contexts)
{
    /// <summary>The dead letters of a selection, newest first.</summary>
    public async Task<DeadLetter[]> ListAsync(DeadLetterSelection selection, int limit, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.DeadLetters.AsNoTracking().Of(selection).OrderByDescending(row => row.Id).Take(limit)
            .Select(row => new
            {
                row.Id,
                row.ReceivedAt,
                row.Topic,
                row.Reason,
                row.Detail,
                Start = EF.Functions.Substr(row.Payload, 1, DeadLetter.MaximumPayloadLength),
                row.PayloadBytes,
                row.IsWhole,
                row.Posted,
                row.Attempts,
                row.LastAttemptAt,
            })
            .ToListAsync(cancellationToken);

        // The database returns null for the start of an empty payload.
        return
        [
            .. rows.Select(row => new DeadLetter(
                row.Id, row.ReceivedAt, row.Topic, row.Reason, row.Detail, Encoding.UTF8.GetString(row.Start ?? []), row.PayloadBytes,
                row.IsWhole && row.Reason.IsCurable(row.Posted), row.Attempts, row.LastAttemptAt)),
        ];
    }

    /// <summary>Dead letters of a selection by reason and topic, newest arrival first; at most <see cref="DeadLetterGroup.MaximumGroups"/> groups.</summary>
    public async Task<DeadLetterGroup[]> GroupsAsync(DeadLetterSelection selection, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var groups = await context.DeadLetters.AsNoTracking().Of(selection)
            .GroupBy(row => new { row.Reason, row.Topic })
            .Select(group => new
            {
                group.Key.Reason,
                group.Key.Topic,
                Count = group.Count(),
                Replayable = group.AsQueryable().Count(DeadLetterQueries.CanReplay),
                LastId = group.Max(row => row.Id),
                FirstId = group.Min(row => row.Id),
            })
            .OrderByDescending(group => group.LastId)
            .Take(DeadLetterGroup.MaximumGroups)
            .ToListAsync(cancellationToken);

        var ids = groups.SelectMany(group => new[] { group.FirstId, group.LastId }).ToArray();
        var ends = await context.DeadLetters.AsNoTracking().Where(row => ids.Contains(row.Id))
            .Select(row => new { row.Id, row.ReceivedAt, row.Detail })
            .ToDictionaryAsync(row => row.Id, cancellationToken);

        // The dropped ones are known by reason and topic only.
        var dropped = selection is { Since: null, Before: null, Source: null }
            ? await context.DeadLetterGroups.AsNoTracking().ToDictionaryAsync(row => (row.Reason, row.Topic), row => row.Dropped, cancellationToken)
            : [];

        // Letters may have been deleted between the queries.
        return
        [
            .. from @group in groups
               where ends.ContainsKey(@group.FirstId) && ends.ContainsKey(@group.LastId)
               let last = ends[@group.LastId]
               select new DeadLetterGroup(
                   @group.Reason, @group.Topic, @group.Count, @group.Replayable, ends[@group.FirstId].ReceivedAt, last.ReceivedAt, @group.LastId, last.Detail)
               {
                   Dropped = dropped.GetValueOrDefault((@group.Reason, @group.Topic)),
               },
        ];
    }

    /// <summary>A dead letter with everything kept of it; null when no dead letter has that id.</summary>
    public async Task<DeadLetterDetail?> FindAsync(long id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.DeadLetters.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } row)
            return null;

        var isText = Utf8.IsValid(row.Payload);
        return new(
            Letter(row),
            isText ? Encoding.UTF8.GetString(row.Payload) : null,
            isText ? null : row.Payload,
            row.ContentType,
            row.UserProperties is { } properties ? JsonSerializer.Deserialize(properties, DashboardJson.Default.KeyValuePairStringStringArray)! : [],
            row.Retained,
            row.Source);
    }

    /// <summary>The payload of a dead letter as received, or null.</summary>
    public async Task<byte[]?> PayloadAsync(long id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.DeadLetters.Where(row => row.Id == id).Select(row => row.Payload).FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>The row of a dead letter, or null.</summary>
    public async Task<DeadLetterRow?> RowAsync(long id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.DeadLetters.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
    }

    /// <summary>Number of replayable letters in a selection, and the highest id of all letters.</summary>
    public async Task<(int Count, long LastId)> CountReplayableAsync(DeadLetterSelection selection, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var lastId = await context.DeadLetters.MaxAsync(row => (long?)row.Id, cancellationToken) ?? 0;
        return (await context.DeadLetters.Of(selection).Replayable().CountAsync(row => row.Id <= lastId, cancellationToken), lastId);
    }

    /// <summary>The next replayable letters of a selection, in order of arrival.</summary>
    public async Task<List<DeadLetterRow>> NextReplayableAsync(DeadLetterSelection selection, long after, long upTo, int most, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.DeadLetters.AsNoTracking().Of(selection).Replayable()
            .Where(row => row.Id > after && row.Id <= upTo)
            .OrderBy(row => row.Id)
            .Take(most)
            .ToListAsync(cancellationToken);
    }

    private static DeadLetter Letter(DeadLetterRow row) => new(
        row.Id,
        row.ReceivedAt,
        row.Topic,
        row.Reason,
        row.Detail,
        Encoding.UTF8.GetString(row.Payload.AsSpan(0, Math.Min(row.Payload.Length, DeadLetter.MaximumPayloadLength))),
        row.PayloadBytes,
        row.IsWhole && row.Reason.IsCurable(row.Posted),
        row.Attempts,
        row.LastAttemptAt);
}
