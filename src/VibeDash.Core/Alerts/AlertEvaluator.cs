using System.Collections.Immutable;
using VibeDash.Core.Sensors;

namespace VibeDash.Core.Alerts;

/// <summary>
/// Judges the readings of one sensor. Pure: what it knows of a sensor is the list of its pending and open alerts, which goes in
/// and comes out changed; numbers for new alerts come from the caller. Readings must come in event-time order.
/// </summary>
public static class AlertEvaluator
{
    /// <summary>Applies <paramref name="rules"/> to <paramref name="reading"/>.</summary>
    /// <param name="alerts">The sensor's pending and open alerts, at most one a rule.</param>
    /// <param name="reading">The next reading.</param>
    /// <param name="systemMessage">The message of its event; kept with an alert it raises.</param>
    /// <param name="rules">The rules in force.</param>
    /// <param name="numbers">Ids for alerts raised and positions for journal entries.</param>
    /// <param name="journal">Receives what happened, in order.</param>
    /// <returns>The sensor's alerts after the reading; the same instance when nothing changed.</returns>
    public static ImmutableArray<Alert> Evaluate(
        ImmutableArray<Alert> alerts,
        Reading reading,
        string? systemMessage,
        IReadOnlyList<AlertRule> rules,
        JournalNumbers numbers,
        ICollection<AlertChange> journal)
    {
        if (reading.Baseline <= 0)
            return alerts;

        for (var i = 0; i < rules.Count; i++)
        {
            var rule = rules[i];
            var index = IndexOf(alerts, rule.Id);
            var before = index < 0 ? null : alerts[index];
            var after = Apply(before, reading, systemMessage, rule, numbers, journal);
            if (ReferenceEquals(before, after))
                continue;
            alerts = (before, after) switch
            {
                (null, _) => alerts.Add(after!),
                (_, null) => alerts.RemoveAt(index),
                _ => alerts.SetItem(index, after),
            };
        }

        return alerts;
    }

    /// <summary>Acknowledges an alert.</summary>
    /// <returns>The change, or null when the alert's state does not allow it.</returns>
    public static AlertChange? Acknowledge(Alert alert, Acknowledgement acknowledgement, DateTimeOffset now, JournalNumbers numbers)
    {
        if (AlertStateMachine.Next(alert.State, AlertTrigger.Acknowledge) is not { } next)
            return null;

        var note = string.IsNullOrWhiteSpace(acknowledgement.Note) ? null : acknowledgement.Note.Trim();
        var after = alert with { State = next, AcknowledgedAt = now, AcknowledgedBy = acknowledgement.By.Trim(), Note = note };
        return new(new(numbers.NextPosition(), alert.Id, alert.State, next, now, Level: null, after.AcknowledgedBy, note), after);
    }

    private static Alert? Apply(
        Alert? before, Reading reading, string? systemMessage, AlertRule rule, JournalNumbers numbers, ICollection<AlertChange> journal)
    {
        var threshold = rule.ThresholdRatio * reading.Baseline;
        var recovery = rule.RecoveryRatio * reading.Baseline;

        if (before is { IsOpen: true })
        {
            if (reading.Level <= recovery)
            {
                var cleared = before with { State = Next(before, AlertTrigger.Recovered), ClearedAt = reading.Timestamp };
                journal.Add(Change(cleared, before.State, reading, numbers));
                return null;
            }

            return reading.Level > before.PeakLevel ? before with { PeakLevel = reading.Level } : before;
        }

        // From here on: normal or pending.
        if (reading.Level <= threshold)
            return null;

        var counted = before is null
            ? new Alert(0, reading.SensorId, rule.Id, rule.Version, rule.Name, rule.Severity, AlertState.Normal,
                reading.Timestamp, 1, reading.Level, threshold, reading.Level, reading.Unit, systemMessage)
            : before with
            {
                Readings = before.Readings + 1,
                Level = reading.Level,
                Threshold = threshold,
                PeakLevel = Math.Max(before.PeakLevel, reading.Level),
                Message = systemMessage ?? before.Message,
            };
        if (counted.Readings < rule.HoldReadings)
            return counted with { State = Next(counted, AlertTrigger.Exceeded) };

        var raised = counted with { Id = numbers.NextAlertId(), State = Next(counted, AlertTrigger.Held), RaisedAt = reading.Timestamp };
        if (before is not null)
        {
            // Only now that it counts is the start of the pending time worth a journal entry.
            var pending = new AlertTransition(numbers.NextPosition(), raised.Id, AlertState.Normal, AlertState.Pending, before.Since, Level: null, By: null, Note: null);
            journal.Add(new(pending, raised));
        }

        journal.Add(Change(raised, counted.State, reading, numbers));
        return raised;
    }

    private static AlertChange Change(Alert after, AlertState from, Reading reading, JournalNumbers numbers) =>
        new(new(numbers.NextPosition(), after.Id, from, after.State, reading.Timestamp, reading.Level, By: null, Note: null), after);

    private static AlertState Next(Alert alert, AlertTrigger trigger) =>
        AlertStateMachine.Next(alert.State, trigger) ?? throw new InvalidOperationException($"{trigger} is not legal in {alert.State}.");

    private static int IndexOf(ImmutableArray<Alert> alerts, int ruleId)
    {
        for (var i = 0; i < alerts.Length; i++)
        {
            if (alerts[i].RuleId == ruleId)
                return i;
        }

        return -1;
    }
}
