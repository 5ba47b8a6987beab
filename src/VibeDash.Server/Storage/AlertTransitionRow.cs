using VibeDash.Core.Alerts;

namespace VibeDash.Server.Storage;

/// <summary>An entry of the alert journal; appended, never edited.</summary>
internal sealed class AlertTransitionRow
{
    public long Position { get; set; }

    public long AlertId { get; set; }

    public AlertTrigger Trigger { get; set; }

    public AlertState From { get; set; }

    public AlertState To { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>Null, as the next eight, when a person acted.</summary>
    public int? RuleId { get; set; }

    public int? RuleVersion { get; set; }

    public string? RuleName { get; set; }

    public Severity? Severity { get; set; }

    public double? JudgedLevel { get; set; }

    public double? Threshold { get; set; }

    public string? Unit { get; set; }

    public DateTimeOffset? Since { get; set; }

    public int? CalibrationAgeDays { get; set; }

    public string? By { get; set; }

    public string? Note { get; set; }

    public string? Owner { get; set; }

    public DateTimeOffset? Until { get; set; }

    public double? Level { get; set; }

    public bool IsBackfilled { get; set; }

    /// <summary>The entry as Core knows it.</summary>
    public AlertTransition ToTransition() => new(Position, AlertId, Trigger, From, To, At)
    {
        Judgement = RuleId is { } rule
            ? new(rule, RuleVersion!.Value, RuleName!, Severity!.Value, JudgedLevel!.Value, Threshold!.Value, Unit!, Since!.Value, CalibrationAgeDays)
            : null,
        By = By,
        Note = Note,
        Owner = Owner,
        Until = Until,
        Level = Level,
        IsBackfilled = IsBackfilled,
    };

    /// <summary>Takes over everything from <paramref name="transition"/>.</summary>
    public static AlertTransitionRow Of(AlertTransition transition) => new()
    {
        Position = transition.Position,
        AlertId = transition.AlertId,
        Trigger = transition.Trigger,
        From = transition.From,
        To = transition.To,
        At = transition.At,
        RuleId = transition.Judgement?.RuleId,
        RuleVersion = transition.Judgement?.RuleVersion,
        RuleName = transition.Judgement?.RuleName,
        Severity = transition.Judgement?.Severity,
        JudgedLevel = transition.Judgement?.Level,
        Threshold = transition.Judgement?.Threshold,
        Unit = transition.Judgement?.Unit,
        Since = transition.Judgement?.Since,
        CalibrationAgeDays = transition.Judgement?.CalibrationAgeDays,
        By = transition.By,
        Note = transition.Note,
        Owner = transition.Owner,
        Until = transition.Until,
        Level = transition.Level,
        IsBackfilled = transition.IsBackfilled,
    };
}
