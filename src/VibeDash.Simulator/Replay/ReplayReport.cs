using System.Globalization;

namespace VibeDash.Simulator.Replay;

/// <summary>What a replay has done. Every event counts once, however often it was sent.</summary>
/// <param name="Elapsed">Since the start.</param>
/// <param name="Rows">Rows read.</param>
/// <param name="Published">Events handed to the broker, or waiting for it.</param>
/// <param name="Acknowledged">Events the broker has acknowledged (PUBACK).</param>
/// <param name="Refused">Events the broker has answered with a refusal; they are not sent again.</param>
/// <param name="Empty">Cells without a level, skipped.</param>
/// <param name="Unreadable">Rows and cells that cannot be read.</param>
/// <param name="OutOfOrder">Rows with an older timestamp than the newest one before them.</param>
/// <param name="Repeated">Rows with the timestamp of the one before them.</param>
/// <param name="Oldest">Event time of the oldest row that could be read; null when there is none.</param>
/// <param name="Newest">Event time of the newest one.</param>
public sealed record ReplayReport(
    TimeSpan Elapsed, long Rows, long Published, long Acknowledged, long Refused, long Empty, long Unreadable, long OutOfOrder, long Repeated,
    DateTimeOffset? Oldest, DateTimeOffset? Newest)
{
    /// <summary>True when there was something to publish, all of it was acknowledged, and nothing was unreadable.</summary>
    public bool IsComplete => Published > 0 && Acknowledged == Published && Unreadable == 0;

    /// <summary>One line for people.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Elapsed.TotalSeconds:N0} s: {Rows:N0} rows, {Published:N0} published, {Acknowledged:N0} acknowledged, {Refused:N0} refused, {Empty:N0} empty cells skipped, "
        + $"{Unreadable:N0} unreadable, {OutOfOrder:N0} rows out of order, {Repeated:N0} with a repeated timestamp, {Span()}");

    private string Span() => Oldest is { } oldest && Newest is { } newest
        ? string.Create(CultureInfo.InvariantCulture, $"measured {oldest.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ} to {newest.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ} ({(newest - oldest).TotalDays:N2} days)")
        : "nothing measured";
}
