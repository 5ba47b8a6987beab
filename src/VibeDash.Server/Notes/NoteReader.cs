using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Notes;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Notes;

/// <summary>Answers questions about notes. Thread-safe.</summary>
internal sealed class NoteReader(IDbContextFactory<VibeDashContext> contexts)
{
    /// <summary>Most entries of the journal in one answer.</summary>
    public const int MaximumChanges = 500;

    /// <summary>The notes of a sensor, newest first; all there are when there is no range.</summary>
    public async Task<Note[]> ListAsync(string sensorId, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await Newest(context, sensorId, from, to).ToListAsync(cancellationToken);
        return [.. rows.Select(row => row.ToNote())];
    }

    /// <summary>Who did what to the notes of a sensor, newest first, at most <see cref="MaximumChanges"/> before a position.</summary>
    public async Task<NoteChange[]> JournalAsync(string sensorId, long before, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.NoteChanges.AsNoTracking()
            .Where(change => change.SensorId == sensorId && change.Position < before)
            .OrderByDescending(change => change.Position)
            .Take(MaximumChanges)
            .ToListAsync(cancellationToken);
        return [.. rows.Select(row => row.ToChange())];
    }

    // Bounded by the notes a sensor may have.
    private static IQueryable<NoteRow> Newest(VibeDashContext context, string sensorId, DateTimeOffset? from, DateTimeOffset? to)
    {
        var notes = context.Notes.AsNoTracking().Where(note => note.SensorId == sensorId);
        if (from is { } start)
            notes = notes.Where(note => note.From >= start || note.To >= start);
        if (to is { } end)
            notes = notes.Where(note => note.From <= end);
        return notes.OrderByDescending(note => note.From).ThenByDescending(note => note.Id);
    }
}
