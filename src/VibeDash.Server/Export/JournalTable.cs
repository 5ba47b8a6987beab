using VibeDash.Core.Alerts;

namespace VibeDash.Server.Export;

/// <summary>The alert journal as a table.</summary>
internal static class JournalTable
{
    private static readonly RowColumn Position = new("position"), At = new("at"), Sensor = new("sensor"), Alert = new("alert"), Kind = new("kind"),
        Trigger = new("trigger"), From = new("from"), To = new("to"), Severity = new("severity"), Level = new("level"), Threshold = new("threshold"),
        Unit = new("unit"), Since = new("since"), RuleId = new("ruleId"), RuleVersion = new("ruleVersion"), RuleName = new("ruleName"),
        CalibrationAge = new("calibrationAgeDays"), By = new("by"), Note = new("note"), Cause = new("cause"), Owner = new("owner"), Until = new("until"), Backfilled = new("backfilled");

    /// <summary>Its columns.</summary>
    public static IReadOnlyList<RowColumn> Columns { get; } =
    [
        Position, At, Sensor, Alert, Kind, Trigger, From, To, Severity, Level, Threshold, Unit, Since, RuleId, RuleVersion, RuleName, CalibrationAge, By, Note, Cause, Owner,
        Until, Backfilled,
    ];

    /// <summary>Writes a row.</summary>
    public static void Write(RowWriter row, JournalEntry entry)
    {
        var (transition, evaluation) = (entry.Transition, entry.Transition.Evaluation);
        row.BeginRow();
        row.Integer(Position, transition.Position);
        row.Time(At, transition.At);
        row.Text(Sensor, entry.SensorId);
        row.Integer(Alert, transition.AlertId);
        row.Text(Kind, entry.Kind.ToString());
        row.Text(Trigger, transition.Trigger.ToString());
        row.Text(From, transition.From.ToString());
        row.Text(To, transition.To.ToString());
        row.Text(Severity, evaluation?.Severity.ToString());
        row.Number(Level, evaluation?.Level ?? transition.Level);
        row.Number(Threshold, evaluation?.Threshold);
        row.Text(Unit, evaluation?.Unit);
        row.Time(Since, evaluation?.Since);
        row.Integer(RuleId, evaluation?.RuleId);
        row.Integer(RuleVersion, evaluation?.RuleVersion);
        row.Text(RuleName, evaluation?.RuleName);
        row.Integer(CalibrationAge, evaluation?.CalibrationAgeDays);
        row.Text(By, transition.By);
        row.Text(Note, transition.Note);
        row.Text(Cause, transition.Cause?.Code.ToString());
        row.Text(Owner, transition.Owner);
        row.Time(Until, transition.Until);
        row.Flag(Backfilled, transition.IsBackfilled);
        row.EndRow();
    }
}
