using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Notes;
using VibeDash.Core.People;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Notes;

/// <summary>Queries notes. Thread-safe.</summary>
internal sealed class NoteReader(IDbContextFactory<VibeDashContext> contexts)
{
    /// <summary>Maximum number of journal entries in one answer.</summary>
    public const int MaximumChanges = 500;

    /// <summary>The notes of a sensor in a range, newest first; all notes when the range is open. None of a sensor beyond <paramref name="limit"/>.</summary>
    public async Task<Note[]> ListAsync(string sensorId, DateTimeOffset? from, DateTimeOffset? to, PlaceLimit? limit, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await context.ShowsAsync(limit, sensorId, cancellationToken))
            return [];
        return await Newest(context, sensorId, from, to).ToArrayAsync(cancellationToken);
    }

    /// <summary>The journal entries of a sensor's notes before a position, newest first, at most <see cref="MaximumChanges"/>. None of a sensor beyond <paramref name="limit"/>.</summary>
    public async Task<NoteChange[]> JournalAsync(string sensorId, long before, PlaceLimit? limit, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await context.ShowsAsync(limit, sensorId, cancellationToken))
            return [];
        var rows = await context.NoteChanges.AsNoTracking()
            .Where(change => change.SensorId == sensorId && change.Position < before)
            .OrderByDescending(change => change.Position)
            .Take(MaximumChanges)
            .ToListAsync(cancellationToken);
        return [.. rows.Select(row => row.ToChange())];
    }

    // Bounded by the maximum number of notes of a sensor.
    private static IQueryable<Note> Newest(VibeDashContext context, string sensorId, DateTimeOffset? from, DateTimeOffset? to)
    {
        var notes = context.Notes.AsNoTracking().Where(note => note.SensorId == sensorId);
        if (from is { } start)
            notes = notes.Where(note => note.From >= start || note.To >= start);
        if (to is { } end)
            notes = notes.Where(note => note.From <= end);
        return notes.OrderByDescending(note => note.From).ThenByDescending(note => note.Id);
    }
}
