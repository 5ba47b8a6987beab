using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Alerts;

namespace VibeDash.Server.Storage;

/// <summary>The times in which the condition of an alert held, from the journal.</summary>
internal static class AlertSpans
{
    // Of a chattering alert that nobody has acknowledged for months.
    private const int MaximumEntries = 20_000;

    /// <summary>The times that overlap a range, both ends inclusive; oldest first.</summary>
    /// <param name="context">The database.</param>
    /// <param name="alert">The alert.</param>
    /// <param name="from">Start of the range.</param>
    /// <param name="to">End of the range; entries after it are not read, so that a time may be without its end.</param>
    /// <param name="maximum">Maximum number: the newest.</param>
    /// <param name="unwritten">Entries of the alert that are not in the database yet, in order.</param>
    public static List<AlertSpan> Of(
        VibeDashContext context, Alert alert, DateTimeOffset from, DateTimeOffset to, int maximum, IReadOnlyCollection<AlertTransition>? unwritten = null)
    {
        // Most alerts are raised once: no entry is needed.
        var spans = alert.Raises <= 1
            ? AlertSpan.Of(alert) is { } only ? [only] : []
            : AlertSpan.Of(alert.Kind, Entries().Reverse());
        spans.RemoveAll(span => !span.Overlaps(from, to));
        return spans;

        IEnumerable<AlertTransition> Entries()
        {
            var raises = 0;
            foreach (var entry in (unwritten ?? []).Reverse().Concat(Newest(context, alert.Id, to).AsEnumerable().Select(row => row.ToTransition())))
            {
                yield return entry;
                if (entry.Trigger == AlertTrigger.Raised && (entry.At < from || ++raises == maximum))
                    yield break;
            }
        }
    }

    // Read only as far as needed.
    private static IQueryable<AlertTransitionRow> Newest(VibeDashContext context, long alertId, DateTimeOffset to) => context.AlertTransitions.AsNoTracking()
        .Where(row => row.AlertId == alertId && row.At <= to
            && (row.Trigger == AlertTrigger.Raised || row.Trigger == AlertTrigger.Worsened || row.Trigger == AlertTrigger.Eased || row.Trigger == AlertTrigger.Cleared))
        .OrderByDescending(row => row.Position)
        .Take(MaximumEntries);
}
