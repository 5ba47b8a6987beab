using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Alerts;
using VibeDash.Core.Sensors;
using VibeDash.Core.Trends;
using VibeDash.Server.Ingestion;

namespace VibeDash.Server.Data;

/// <summary>Reads back what the event loop and the live view need to go on where the last commit left off.</summary>
internal static class StateLoader
{
    /// <summary>Loads the state, and the sparkline of each sensor.</summary>
    public static (LoopState State, Dictionary<string, Sparkline> Sparklines) Load(VibeDashContext context)
    {
        var rules = context.AlertRules.AsNoTracking().OrderBy(rule => rule.Id).AsEnumerable().Select(rule => rule.ToRule()).ToArray();
        var alerts = context.Alerts.AsNoTracking()
            .Where(alert => alert.State == AlertState.Active || alert.State == AlertState.Acknowledged)
            .AsEnumerable().Select(alert => alert.ToAlert())
            .Concat(context.PendingAlerts.AsNoTracking().AsEnumerable().SelectMany(pending => Pending(pending, rules)))
            .ToLookup(alert => alert.SensorId);
        var state = new LoopState
        {
            Rules = rules,
            Numbers = new JournalNumbers(
                context.Alerts.Max(alert => (long?)alert.Id) ?? 0,
                context.AlertTransitions.Max(transition => (long?)transition.Position) ?? 0),
            DeadLetters = DeadLetters(context),
        };
        var sparklines = new Dictionary<string, Sparkline>(StringComparer.Ordinal);

        foreach (var sensor in context.Sensors.AsNoTracking().OrderBy(sensor => sensor.Key))
        {
            state.LastSensorKey = sensor.Key;
            var readings = context.Readings.AsNoTracking()
                .Where(reading => reading.SensorKey == sensor.Key)
                .OrderByDescending(reading => reading.Timestamp)
                .Take(Sparkline.Capacity)
                .ToArray();
            if (readings.Length == 0)
                continue;

            var last = readings[0];
            state.Sensors[sensor.SensorId] = new(
                sensor.Key,
                new SensorFacts(sensor.Location, sensor.Model, sensor.CalibrationDate, sensor.Source, sensor.Version),
                new Reading(sensor.SensorId, last.Timestamp, last.EventId, last.Level, last.Baseline, last.Unit))
            {
                Alerts = [.. alerts[sensor.SensorId]],
                OfflineSince = sensor.OfflineSince,
            };

            var sparkline = new Sparkline();
            foreach (var reading in readings.Reverse())
                sparkline.Add(reading.Timestamp, reading.Level);
            sparklines[sensor.SensorId] = sparkline;
        }

        foreach (var sensor in state.Sensors.Values)
        {
            foreach (var alert in sensor.Alerts.Where(alert => alert.IsOpen))
                state.SensorOfOpenAlert[alert.Id] = alert.SensorId;
        }

        return (state, sparklines);
    }

    // Ids of letters that are gone are not given again: somebody may still look at them.
    private static DeadLetterTotals DeadLetters(VibeDashContext context) => new(
        context.Database.SqlQuery<long>($"SELECT seq AS Value FROM sqlite_sequence WHERE name = 'DeadLetters'").AsEnumerable().FirstOrDefault(),
        context.DeadLetters.Count(),
        context.DeadLetters.Sum(letter => letter.KeptBytes),
        context.DeadLetters.OrderBy(letter => letter.ReceivedAt).Select(letter => (DateTimeOffset?)letter.ReceivedAt).FirstOrDefault());

    private static ImmutableArray<Alert> Pending(PendingAlertRow row, AlertRule[] rules) =>
        rules.FirstOrDefault(rule => rule.Id == row.RuleId) is { } rule
            ? [new Alert(
                0, row.SensorId, rule.Id, rule.Version, rule.Name, rule.Severity, AlertState.Pending,
                row.Since, row.Readings, row.Level, row.Threshold, row.PeakLevel, row.Unit, row.Message)]
            : [];
}
