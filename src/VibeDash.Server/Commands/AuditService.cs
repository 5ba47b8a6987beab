using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Contract;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Commands;

/// <summary>The command record, for the HTTP API and for prerendering. Thread-safe.</summary>
internal sealed class AuditService(IDbContextFactory<VibeDashContext> contexts) : IAuditApi
{
    /// <inheritdoc/>
    public Task<CommandEntry[]> GetCommandsAsync(CommandFilter filter, long? before = null, CancellationToken cancellationToken = default) =>
        GetCommandsAsync(filter, before ?? long.MaxValue, CommandEntry.DefaultLimit, cancellationToken);

    /// <summary>Entries that match and are before a position, newest first.</summary>
    public async Task<CommandEntry[]> GetCommandsAsync(CommandFilter filter, long before, int limit, CancellationToken cancelled)
    {
        await using var context = await contexts.CreateDbContextAsync(cancelled);
        var rows = await Matching(context, filter).Where(row => row.Position < before).OrderByDescending(row => row.Position).Take(limit).ToListAsync(cancelled);
        return [.. rows.Select(Entry)];
    }

    /// <summary>All entries that match, oldest first, with the hash of each.</summary>
    public async IAsyncEnumerable<(CommandEntry Entry, byte[]? Hash)> AllAsync(CommandFilter filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancelled)
    {
        await using var context = await contexts.CreateDbContextAsync(cancelled);
        await foreach (var row in Matching(context, filter).OrderBy(row => row.Position).AsAsyncEnumerable().WithCancellation(cancelled))
            yield return (Entry(row), row.Hash);
    }

    private static IQueryable<CommandRow> Matching(VibeDashContext context, CommandFilter filter) => context.Commands.AsNoTracking().Where(row =>
        (filter.By == null || row.Actor == filter.By) && (filter.Name == null || row.Name == filter.Name) && (filter.Subject == null || row.Subject == filter.Subject)
        && (!filter.IsRefused || row.Refusal != null));

    private static CommandEntry Entry(CommandRow row) =>
        new(row.Position, row.At, row.Actor, row.Name, row.Subject, Enum.TryParse<RefusalCode>(row.Refusal, out var refusal) ? refusal : null)
        {
            Detail = row.Detail, Origin = row.Origin, Before = row.Before, After = row.After,
        };
}
