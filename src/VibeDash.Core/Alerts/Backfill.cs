namespace VibeDash.Core.Alerts;

/// <summary>Journals conditions that had held and ended as backfilled: alerts that are over before anybody could see them. Changes no open alert.</summary>
public static class Backfill
{
    /// <summary>Journals conditions that are not on record.</summary>
    /// <param name="sensorId">The sensor.</param>
    /// <param name="over">The findings of each, from the one that raised it to the one that ended it: <see cref="PastEvaluator.Over"/>.</param>
    /// <param name="calibrationDate">Date of the sensor's last calibration, or null.</param>
    /// <param name="recorded">Recorded times since the first of them.</param>
    /// <param name="journal">Receives the entries.</param>
    /// <returns>Number of alerts journalled.</returns>
    public static int Add(string sensorId, IEnumerable<Finding[]> over, DateOnly? calibrationDate, IReadOnlyCollection<AlertSpan> recorded, JournalWriter journal)
    {
        var count = 0;
        foreach (var episode in over)
        {
            if (IsOnRecord(episode, recorded))
                continue;
            count++;
            Add(sensorId, episode, finding => (EvaluatedReading.AgeDays(calibrationDate, finding.At), null), journal);
        }

        return count;
    }

    /// <summary>True when the time of a condition overlaps a recorded one of its kind.</summary>
    internal static bool IsOnRecord(Finding[] episode, IReadOnlyCollection<AlertSpan> recorded) =>
        recorded.Any(span => span.Kind == episode[0].Rule.Kind && span.Overlaps(episode[0].At, episode[^1].At));

    /// <summary>Journals one condition.</summary>
    /// <param name="sensorId">The sensor.</param>
    /// <param name="episode">Its findings.</param>
    /// <param name="about">Age of the calibration in days, and the sensor's own message, at a finding.</param>
    /// <param name="journal">Receives the entries.</param>
    internal static void Add(string sensorId, Finding[] episode, Func<Finding, (int? CalibrationAgeDays, string? Message)> about, JournalWriter journal)
    {
        var alert = journal.Open(sensorId, episode[0].Rule.Kind);
        foreach (var finding in episode)
        {
            var (age, message) = about(finding);
            if (finding.Draft(alert, age, message) is not { } draft || journal.Next(alert, draft with { IsBackfilled = true }) is not { } change)
                continue;
            journal.Add(change);
            alert = change.Alert;
        }
    }
}
