using System.Globalization;

namespace VibeDash.Simulator.Replay;

/// <summary>The result of a replay. Every event counts once, however often it was sent.</summary>
/// <param name="Elapsed">Time since the start.</param>
/// <param name="Rows">Rows read.</param>
/// <param name="Published">Events sent to the broker or waiting to be sent.</param>
/// <param name="Acknowledged">Events acknowledged by the broker (PUBACK).</param>
/// <param name="Refused">Events refused by the broker; they are not sent again.</param>
/// <param name="Empty">Cells without a level; they are skipped.</param>
/// <param name="Unreadable">Unreadable rows and cells.</param>
/// <param name="OutOfOrder">Rows with a timestamp older than that of an earlier row.</param>
/// <param name="Repeated">Rows with the same timestamp as the row before.</param>
/// <param name="Oldest">Oldest timestamp; null when no row could be read.</param>
/// <param name="Newest">Newest timestamp; null when no row could be read.</param>
public sealed record ReplayReport(
    TimeSpan Elapsed, long Rows, long Published, long Acknowledged, long Refused, long Empty, long Unreadable, long OutOfOrder, long Repeated,
    DateTimeOffset? Oldest, DateTimeOffset? Newest)
{
    /// <summary>True when at least one event was published, all were acknowledged, and nothing was unreadable.</summary>
    public bool IsComplete => Published > 0 && Acknowledged == Published && Unreadable == 0;

    /// <summary>The report in one line, for the console.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Elapsed.TotalSeconds:N0} s: {Rows:N0} rows, {Published:N0} published, {Acknowledged:N0} acknowledged, {Refused:N0} refused, {Empty:N0} empty cells skipped, "
        + $"{Unreadable:N0} unreadable, {OutOfOrder:N0} rows out of order, {Repeated:N0} with a repeated timestamp, {Span()}");

    private string Span() => Oldest is { } oldest && Newest is { } newest
        ? string.Create(CultureInfo.InvariantCulture, $"measured {oldest.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ} to {newest.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ} ({(newest - oldest).TotalDays:N2} days)")
        : "nothing measured";
}
