using System.Text.Json.Serialization;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Alerts;

/// <summary>
/// One departure of a sensor from normal, of one kind, from its start until nothing is left to acknowledge. Immutable; changed only by journal
/// entries, except for <see cref="PeakLevel"/> and <see cref="Chattering"/>, which follow the readings.
/// </summary>
/// <param name="Id">Number in order of creation, from 1.</param>
/// <param name="SensorId">The sensor; for the common alert of several, what they have in common: <see cref="CommonSubject"/>.</param>
/// <param name="Kind">Kind of the condition; a sensor has at most one open alert per kind.</param>
public sealed record Alert(long Id, string SensorId, ConditionKind Kind)
{
    /// <summary>An acknowledgement lapses when the level is worse by more than this share of the level at acknowledgement.</summary>
    public const double MaximumWorsening = 0.25;

    /// <summary>The independent facts of its state.</summary>
    public AlertFacts Facts { get; init; } = AlertFacts.Normal;

    /// <summary>State derived from <see cref="Facts"/>.</summary>
    public AlertState State => Facts.State;

    /// <summary>True until it returns to normal.</summary>
    [JsonIgnore]
    public bool IsOpen => State != AlertState.Normal;

    /// <summary>True while it requires acknowledgement.</summary>
    [JsonIgnore]
    public bool IsUnacknowledged => State is AlertState.Unacknowledged or AlertState.ReturnedUnacknowledged;

    /// <summary>True when no rule evaluates its condition any more: whether that has ended is not known.</summary>
    [JsonIgnore]
    public bool IsUnevaluated => ClearCause is { IsUnevaluated: true };

    /// <summary>The rule of the last evaluation; 0 when there was none, because the alert was shelved before.</summary>
    public int RuleId { get; init; }

    /// <summary>Version of that rule.</summary>
    public int RuleVersion { get; init; }

    /// <summary>Name of that rule, or empty.</summary>
    public string RuleName { get; init; } = "";

    /// <summary>Current severity or, once cleared, the last one.</summary>
    public Severity Severity { get; init; } = Severity.Advisory;

    /// <summary>Severity before the last change; null when it has not changed since the alert was raised.</summary>
    public Severity? SeverityBefore { get; init; }

    /// <summary>Event time of the last severity change; null when it has not changed since the alert was raised.</summary>
    public DateTimeOffset? SeverityChangedAt { get; init; }

    /// <summary>Level that raised it or changed its severity, in <see cref="Unit"/>.</summary>
    public double Level { get; init; }

    /// <summary>Threshold compared with that level.</summary>
    public double Threshold { get; init; }

    /// <summary>Worst level at all times the condition held: the highest, or the lowest for a condition below a threshold.</summary>
    public double PeakLevel { get; init; }

    /// <summary>Unit of the levels; empty before an evaluation.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Event time at which the condition began to hold this time, or the last time, before its on-delay; null when it never held.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Event time at which it was raised this time, or the last time; null when it was not.</summary>
    public DateTimeOffset? RaisedAt { get; init; }

    /// <summary>Number of raises: more than one when the condition returned before an acknowledgement.</summary>
    public int Raises { get; init; }

    /// <summary><see cref="Since"/> of its first raise.</summary>
    public DateTimeOffset? FirstSince { get; init; }

    /// <summary><see cref="RaisedAt"/> of its first raise.</summary>
    public DateTimeOffset? FirstRaisedAt { get; init; }

    /// <summary><see cref="ClearedAt"/> of the raise before the last one; null after the first.</summary>
    public DateTimeOffset? PreviousClearedAt { get; init; }

    /// <summary>Event time at which the condition ended, or from which no rule evaluates it: see <see cref="IsUnevaluated"/>. Null while it holds.</summary>
    public DateTimeOffset? ClearedAt { get; init; }

    /// <summary>Why it is cleared although its condition was not found to have ended; else null.</summary>
    public AlertCause? ClearCause { get; init; }

    /// <summary>The user who brought about <see cref="ClearCause"/>; null when it was none, or none is known.</summary>
    public string? ClearedBy { get; init; }

    /// <summary>When it returned to normal; null while it is open.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The sensor's own message in the event that raised it, or null.</summary>
    public string? Message { get; init; }

    /// <summary>Age of the sensor's calibration when it was raised, in days; null when unknown.</summary>
    public int? CalibrationAgeDays { get; init; }

    /// <summary>The last acknowledgement, or null; valid only while <see cref="AlertFacts.IsAcknowledged"/>.</summary>
    public AcknowledgementRecord? Acknowledgement { get; init; }

    /// <summary>The shelving in force, or null.</summary>
    public Shelving? Shelving { get; init; }

    /// <summary>Its owner, or null.</summary>
    public string? Owner { get; init; }

    /// <summary>Chattering, or null. An observation like <see cref="PeakLevel"/>, without journal entries.</summary>
    public Chattering? Chattering { get; init; }

    /// <summary>True when it was detected later, from late-arriving readings.</summary>
    public bool IsBackfilled { get; init; }

    /// <summary>The alert after <paramref name="transition"/>, which must be its next one.</summary>
    /// <exception cref="InvalidOperationException">The transition is not possible in this state, or belongs to another alert.</exception>
    public Alert After(AlertTransition transition)
    {
        if (transition.AlertId != Id || transition.From != State || Facts.After(transition.Trigger, transition.IsBackfilled) is not { } facts || facts.State != transition.To)
            throw new InvalidOperationException($"{transition.Trigger} from {transition.From} to {transition.To} is not the next of alert {Id}, which is {State}.");

        var at = transition.At;
        var after = this with { Facts = facts, EndedAt = facts.State == AlertState.Normal ? EndedAt ?? at : null };
        return transition.Trigger switch
        {
            AlertTrigger.Raised => after.Evaluated(transition) with
            {
                Since = transition.Evaluation!.Since,
                RaisedAt = at,
                Raises = Raises + 1,
                FirstSince = FirstSince ?? transition.Evaluation.Since,
                FirstRaisedAt = FirstRaisedAt ?? at,
                PreviousClearedAt = IsUnevaluated ? null : ClearedAt,
                SeverityBefore = null,
                SeverityChangedAt = null,
                ClearedAt = null,
                ClearCause = null,
                ClearedBy = null,
                CalibrationAgeDays = transition.Evaluation.CalibrationAgeDays,
                Message = transition.Note,
            },
            AlertTrigger.Worsened or AlertTrigger.Eased => after.Evaluated(transition) with { SeverityBefore = Severity, SeverityChangedAt = at },
            AlertTrigger.Cleared => after with { ClearedAt = at, ClearCause = transition.Cause, ClearedBy = transition.By },
            AlertTrigger.Acknowledged => after with
            {
                Acknowledgement = new(transition.By!, at, transition.Note, transition.Until, transition.Level),
                Owner = transition.Owner ?? Owner,
            },
            AlertTrigger.Shelved => after with { Shelving = new(transition.By!, at, transition.Note!, transition.Until!.Value) },
            AlertTrigger.Unshelved => after with { Shelving = null },
            AlertTrigger.Assigned => after with { Owner = transition.Owner },
            _ => after,
        };
    }

    /// <summary>Appends a transition to the journal.</summary>
    /// <param name="draft">The transition: see <see cref="AlertTransition.Draft"/>.</param>
    /// <param name="numbers">Assigns its position.</param>
    /// <returns>The entry and the alert after it, or null when the transition is not possible in this state.</returns>
    public AlertChange? Append(AlertTransition draft, JournalNumbers numbers)
    {
        if (Facts.After(draft.Trigger, draft.IsBackfilled) is not { } facts)
            return null;
        var transition = draft with { Position = numbers.NextPosition(), AlertId = Id, From = State, To = facts.State };
        return new(transition, After(transition));
    }

    /// <summary>Replays <paramref name="journal"/>, which must contain all its entries in order.</summary>
    /// <exception cref="InvalidOperationException">The entries do not follow from each other.</exception>
    public Alert Replay(IEnumerable<AlertTransition> journal) => journal.Aggregate(new Alert(Id, SensorId, Kind), (alert, transition) => alert.After(transition));

    private Alert Evaluated(AlertTransition transition)
    {
        var evaluation = transition.Evaluation!;
        return this with
        {
            RuleId = evaluation.RuleId,
            RuleVersion = evaluation.RuleVersion,
            RuleName = evaluation.RuleName,
            Severity = evaluation.Severity,
            Level = evaluation.Level,

            // The sensor's unit may have changed since.
            PeakLevel = Raises == 0 || !VibrationUnit.TryConvert(PeakLevel, Unit, evaluation.Unit, out var peak) ? evaluation.Level
                : Kind == ConditionKind.LevelBelow ? Math.Min(peak, evaluation.Level) : Math.Max(peak, evaluation.Level),
            Threshold = evaluation.Threshold,
            Unit = evaluation.Unit,
            IsBackfilled = transition.IsBackfilled,
        };
    }
}
