using System.Text.Json;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;

namespace VibeDash.Server.Storage;

/// <summary>An entry of the alert journal. Append-only.</summary>
internal sealed class AlertTransitionRow
{
    public long Position { get; set; }

    public long AlertId { get; set; }

    public AlertTrigger Trigger { get; set; }

    public AlertState From { get; set; }

    public AlertState To { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>Null for a manual transition, like the next eight properties.</summary>
    public int? RuleId { get; set; }

    public int? RuleVersion { get; set; }

    public string? RuleName { get; set; }

    public Severity? Severity { get; set; }

    public double? EvaluatedLevel { get; set; }

    public double? Threshold { get; set; }

    public string? Unit { get; set; }

    public DateTimeOffset? Since { get; set; }

    public int? CalibrationAgeDays { get; set; }

    public string? By { get; set; }

    public string? Note { get; set; }

    public TransitionCause? Cause { get; set; }

    /// <summary>A JSON array; null without <see cref="Cause"/>.</summary>
    public string? CauseArguments { get; set; }

    public string? Owner { get; set; }

    public DateTimeOffset? Until { get; set; }

    public double? Level { get; set; }

    public bool IsBackfilled { get; set; }

    /// <summary>A cause from its two columns; null without a code.</summary>
    public static AlertCause? CauseOf(TransitionCause? code, string? arguments) =>
        code is { } known ? new(known, JsonSerializer.Deserialize(arguments!, DashboardJson.Default.StringArray)!) : null;

    /// <summary>The column of the arguments; null without a cause.</summary>
    public static string? ArgumentsOf(AlertCause? cause) => cause is null ? null : JsonSerializer.Serialize(cause.Arguments, DashboardJson.Default.StringArray);

    /// <summary>Converts to the Core type.</summary>
    public AlertTransition ToTransition() => new(Position, AlertId, Trigger, From, To, At)
    {
        Evaluation = RuleId is { } rule
            ? new(rule, RuleVersion!.Value, RuleName!, Severity!.Value, EvaluatedLevel!.Value, Threshold!.Value, Unit!, Since!.Value, CalibrationAgeDays)
            : null,
        By = By,
        Note = Note,
        Cause = CauseOf(Cause, CauseArguments),
        Owner = Owner,
        Until = Until,
        Level = Level,
        IsBackfilled = IsBackfilled,
    };

    /// <summary>Creates a row from <paramref name="transition"/>.</summary>
    public static AlertTransitionRow Of(AlertTransition transition) => new()
    {
        Position = transition.Position,
        AlertId = transition.AlertId,
        Trigger = transition.Trigger,
        From = transition.From,
        To = transition.To,
        At = transition.At,
        RuleId = transition.Evaluation?.RuleId,
        RuleVersion = transition.Evaluation?.RuleVersion,
        RuleName = transition.Evaluation?.RuleName,
        Severity = transition.Evaluation?.Severity,
        EvaluatedLevel = transition.Evaluation?.Level,
        Threshold = transition.Evaluation?.Threshold,
        Unit = transition.Evaluation?.Unit,
        Since = transition.Evaluation?.Since,
        CalibrationAgeDays = transition.Evaluation?.CalibrationAgeDays,
        By = transition.By,
        Note = transition.Note,
        Cause = transition.Cause?.Code,
        CauseArguments = ArgumentsOf(transition.Cause),
        Owner = transition.Owner,
        Until = transition.Until,
        Level = transition.Level,
        IsBackfilled = transition.IsBackfilled,
    };
}
