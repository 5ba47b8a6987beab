using System.Collections.Immutable;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Alerts;

/// <summary>
/// The alerts of one sensor: evaluates its readings, and turns findings, user actions and expiries into entries of the alert journal. Changes only its
/// own state; not thread-safe.
/// </summary>
/// <param name="sensorId">The sensor.</param>
/// <param name="rules">The rules that apply to it.</param>
/// <param name="alerts">Its open alerts.</param>
/// <param name="isOutOfService">True when the sensor or its machine is out of service.</param>
/// <param name="chattering">The chattering limit; null for <see cref="ChatteringLimit.Usual"/>.</param>
public sealed class SensorWatch(
    string sensorId, SensorRule[] rules, ImmutableArray<Alert> alerts, bool isOutOfService = false, ChatteringLimit? chattering = null)
{
    private readonly List<Finding> _findings = new(1);
    private readonly CommonPart _common = new();
    private SensorEvaluator _evaluator = Evaluate(rules, alerts);
    private MachineHistory _machine = MachineHistory.Empty;
    private ChatterLogs? _chatter;

    private MachineState Present => _machine.Latest ?? MachineState.Unknown;

    private ChatterLogs Chatter => _chatter ??= new(chattering ?? ChatteringLimit.Usual);

    /// <summary>The sensor, or the <see cref="CommonSubject"/> of several.</summary>
    public string Subject => sensorId;

    /// <summary>Its open alerts, at most one per kind.</summary>
    public ImmutableArray<Alert> Alerts { get; private set; } = alerts;

    /// <summary>True while the sensor or its machine is out of service.</summary>
    public bool IsOutOfService { get; private set; } = isOutOfService;

    /// <summary>The rules that apply.</summary>
    public IReadOnlyList<SensorRule> Rules => _evaluator.Rules;

    /// <summary>Whether rules compare the level with thresholds.</summary>
    public LevelEvaluation Evaluation => SensorRule.EvaluationBy(Rules);

    /// <summary>
    /// True when the latest reading is above the threshold of Critical and the on-delay of that severity is not over: shown, but no alert. False for a kind
    /// that is shelved, and for a sensor out of service.
    /// </summary>
    public bool IsCriticalUnconfirmed
    {
        get
        {
            for (var i = 0; i < Rules.Count; i++)
            {
                if (_evaluator.IsCriticalUnconfirmed(i) && !IsOutOfService && Find(Rules[i].Kind) is not { Facts.IsShelved: true })
                    return true;
            }

            return false;
        }
    }

    /// <summary>True when a silence shorter than <see cref="SensorEvaluator.MinimumSilence"/> may have to be evaluated.</summary>
    public bool HasFixedSilence => _evaluator.HasFixedSilence;

    /// <inheritdoc cref="SensorEvaluator.SilentSince"/>
    public DateTimeOffset SilentSince => _evaluator.SilentSince;

    /// <summary>The common silence that its own is part of: <see cref="CommonSubject"/>; or null.</summary>
    public string? ToldBy => _common.Subject;

    /// <inheritdoc cref="SensorEvaluator.SilenceLimit"/>
    public double? SilenceLimit(Sender? sender) => _evaluator.SilenceLimit(sender);

    /// <inheritdoc cref="SensorEvaluator.IsSilenceDue"/>
    public bool IsSilenceDue(Sender? sender, TimeSpan silence, bool isOffline, SilenceOutages outages) => _evaluator.IsSilenceDue(sender, silence, isOffline, outages);

    /// <summary>Its silence, now or to come, is part of a common one and suppressed; or is its own again.</summary>
    /// <param name="subject">The subject of the common alert; null for its own.</param>
    /// <param name="at">Server time.</param>
    /// <param name="journal">Receives the entries.</param>
    public void TellBy(string? subject, DateTimeOffset at, JournalWriter journal)
    {
        _common.Subject = subject;
        FollowGates(journal, at);
    }

    /// <summary>Resumes as part of a common silence.</summary>
    /// <param name="subject">The subject of that.</param>
    /// <param name="isPart">True when its last arrival is part of that, though its own silence may not be found yet.</param>
    /// <returns>False when it was not, as far as its alerts show.</returns>
    public bool ResumeToldBy(string subject, bool isPart) =>
        _common.TryResume(subject, Find(ConditionKind.NoData), isPart, _evaluator.IsGateClosed(ConditionKind.NoData));

    /// <summary>True when the machine runs: no standstill is reported, and the level is above zero and above the run level of every gate.</summary>
    public bool IsRunning(double level, bool machineRuns) => machineRuns && level > 0 && Rules.All(rule => rule.IsGateOpen(level, machineRuns));

    /// <summary>Takes the sensor out of service, or returns it to service.</summary>
    /// <param name="isOutOfService">True for out of service.</param>
    /// <param name="at">Server time.</param>
    /// <param name="by">The user; null when the period ended, or the sensor came to another machine.</param>
    /// <param name="reason">Reason for the out-of-service period, or null.</param>
    /// <param name="cause">The cause when it was no user; or null.</param>
    /// <param name="journal">Receives the entries.</param>
    public void SetOutOfService(bool isOutOfService, DateTimeOffset at, string? by, string? reason, AlertCause? cause, JournalWriter journal)
    {
        if (IsOutOfService == isOutOfService)
            return;
        IsOutOfService = isOutOfService;
        var draft = AlertTransition.Draft(isOutOfService ? AlertTrigger.TakenOutOfService : AlertTrigger.ReturnedToService, at) with
        {
            By = by,
            Note = reason,
            Cause = cause,
        };
        foreach (var alert in Alerts)
            Append(alert, draft, journal);
    }

    /// <summary>
    /// Replays a past journal entry, in order, so that chattering continues to be counted. The journal does not contain the level between two entries,
    /// so the deadband of earlier cycles is based on the reading that cleared them.
    /// </summary>
    public void Recall(ConditionKind kind, AlertTransition transition) => Chatter.Follow(kind, transition);

    /// <summary>Counts a past reading that has already been evaluated.</summary>
    public void Count(in EvaluatedReading evaluated) => _evaluator.Count(evaluated);

    /// <summary>Resumes with the reported machine states, after the past readings have been counted.</summary>
    public void Resume(MachineHistory machine)
    {
        _machine = machine;
        _evaluator.Follow(Present);
    }

    /// <summary>
    /// Applies a reported machine state. At a standstill, alerts of rules that follow the state are suppressed immediately; when the machine runs again,
    /// those of silences are unsuppressed immediately and the others with the next reading.
    /// </summary>
    /// <param name="machine">The reported states.</param>
    /// <param name="at">Time of the report.</param>
    /// <param name="journal">Receives the entries.</param>
    public void Follow(MachineHistory machine, DateTimeOffset at, JournalWriter journal)
    {
        var before = Present;
        Resume(machine);
        if (Present != before)
            FollowGates(journal, at);
    }

    /// <summary>Evaluates the next reading.</summary>
    /// <param name="evaluated">Not older than the previous one.</param>
    /// <param name="gapIsCertain">True when no reading between the previous one and this can have been missed: the silence between them is the sensor's own.</param>
    /// <param name="journal">Receives the entries.</param>
    public void Evaluate(in EvaluatedReading evaluated, bool gapIsCertain, JournalWriter journal)
    {
        if (gapIsCertain)
        {
            // Separate findings: the reading's message does not belong to the silence before it.
            _evaluator.EvaluateGap(evaluated, _findings);
            Apply(calibrationAgeDays: null, message: null, journal);
        }

        // After a standstill the gates are those of the reading first, then those of a newer state.
        var stoodStill = evaluated.MachineSince > _evaluator.Latest;
        _evaluator.Evaluate(evaluated, _findings);
        if (stoodStill)
            _evaluator.Follow(MachineState.Unknown);
        Apply(evaluated.CalibrationAgeDays, evaluated.Message, journal);
        if (stoodStill)
        {
            FollowGates(journal);
            _evaluator.Follow(Present);
        }

        _chatter?.Follow(_evaluator);
        if (Alerts.IsEmpty)
            return;
        FollowGates(journal);
        FollowLevels(evaluated.Reading.Timestamp, journal);
    }

    /// <summary>Evaluates a silence until <paramref name="now"/>: see <see cref="SensorEvaluator.EvaluateSilence(DateTimeOffset, SilenceOutages, ICollection{Finding})"/>.</summary>
    /// <param name="now">The end of the silence.</param>
    /// <param name="outages">The outages in it.</param>
    /// <param name="journal">Receives the entries.</param>
    /// <param name="cause">The cause of the silence, or null when it is not known.</param>
    public void EvaluateSilence(DateTimeOffset now, SilenceOutages outages, JournalWriter journal, AlertCause? cause = null)
    {
        _evaluator.EvaluateSilence(now, outages, _findings);
        Apply(calibrationAgeDays: null, message: null, journal, cause);
    }

    /// <summary>Evaluates a sensor that sends changes only: see <see cref="SensorEvaluator.EvaluateSilence(Sender, DateTimeOffset, bool, DateTimeOffset, SilenceOutages, ICollection{Finding})"/>.</summary>
    public void EvaluateSilence(Sender sender, DateTimeOffset from, bool isOffline, DateTimeOffset now, SilenceOutages outages, JournalWriter journal)
    {
        _evaluator.EvaluateSilence(sender, from, isOffline, now, outages, _findings);
        Apply(calibrationAgeDays: null, message: null, journal);
    }

    /// <summary>Ends shelvings and acknowledgements that have expired by <paramref name="now"/>.</summary>
    public void EndExpired(DateTimeOffset now, JournalWriter journal)
    {
        foreach (var alert in Alerts)
        {
            if (alert.Shelving?.Until <= now)
                Append(alert, AlertTransition.Draft(AlertTrigger.Unshelved, now) with { Cause = AlertCause.Of(TransitionCause.ShelvingEnded) }, journal);
            else if (alert is { State: AlertState.Acknowledged, Acknowledgement.Until: { } until } && until <= now)
                Append(alert, AlertTransition.Draft(AlertTrigger.Unacknowledged, now) with { Cause = AlertCause.Of(TransitionCause.AcknowledgementExpired) }, journal);
        }
    }

    /// <summary>
    /// Re-evaluates after late-arriving readings. Recorded entries stay unchanged. A condition now found to have held, and ended, is journalled as
    /// backfilled; one found to hold now is raised, and one found to have ended is cleared, each at its event time.
    /// </summary>
    /// <param name="readings">All readings from before the first late-arriving one to the newest, in event-time order; not empty.</param>
    /// <param name="firstLate">Event time of the first late-arriving reading; earlier readings fill the on-delays and windows, and times that ended before it stay unchanged.</param>
    /// <param name="recorded">Recorded times since the first of <paramref name="readings"/>.</param>
    /// <param name="journal">Receives the entries.</param>
    public void Reevaluate(
        IReadOnlyList<EvaluatedReading> readings,
        DateTimeOffset firstLate,
        IReadOnlyCollection<AlertSpan> recorded,
        JournalWriter journal)
    {
        var before = _evaluator;
        _evaluator = new SensorEvaluator([.. Rules]);
        _evaluator.Follow(Present);
        foreach (var span in recorded)
        {
            // Began before these readings. The readings show whether it continued, except for the clock.
            if (span.Kind != ConditionKind.ClockOff && span.From < readings[0].Reading.Timestamp && !(span.To < readings[0].Reading.Timestamp))
                _evaluator.Resume(span.Kind, span.Severity);
        }

        foreach (var evaluated in readings)
            _evaluator.Evaluate(evaluated, _findings);
        _evaluator.Continue(ConditionKind.ClockOff, before);

        Finding[] findings = [.. _findings];
        _findings.Clear();
        foreach (var rule in Rules)
        {
            // Excluded: late-arriving readings do not undo a silence, because they were missing at the time, and do not show the clock.
            if (rule.Kind is not (ConditionKind.NoData or ConditionKind.ClockOff))
                Correct(new LateFindings(rule.Kind, findings, firstLate), recorded, readings, journal);
        }

        foreach (var alert in Alerts)
        {
            if (alert.Facts.IsActive && !_evaluator.Holds(alert.Kind))
                _evaluator.Resume(alert.Kind, alert.Severity);
        }

        FollowGates(journal);
    }

    /// <summary>Replaces the rules.</summary>
    /// <param name="rules">The new rules.</param>
    /// <param name="latest">The latest readings, in event-time order, to fill on-delays and windows.</param>
    /// <param name="now">Server time.</param>
    /// <param name="journal">Receives the end of alerts that no rule evaluates any more, and the effect of changed gates on the others.</param>
    /// <param name="by">The user who changed the rules or labels; null when the sensor itself has changed.</param>
    public void ChangeRules(SensorRule[] rules, IEnumerable<EvaluatedReading> latest, DateTimeOffset now, JournalWriter journal, string? by = null)
    {
        var cause = AlertCause.Of(by is null ? TransitionCause.SensorChanged : TransitionCause.RuleGone);
        foreach (var alert in Alerts.Where(alert => alert.Facts.IsActive && !rules.Any(rule => rule.Kind == alert.Kind)))
            Append(alert, AlertTransition.Draft(AlertTrigger.Cleared, now) with { By = by, Cause = cause }, journal);

        var before = _evaluator;
        _evaluator = Evaluate(rules, Alerts);
        foreach (var evaluated in latest)
            _evaluator.Count(evaluated);
        _evaluator.Continue(ConditionKind.ClockOff, before);
        _evaluator.Follow(Present);
        FollowGates(journal, now);
    }

    /// <summary>Ends all alerts, since there will be no sensor of that id.</summary>
    /// <param name="at">Server time.</param>
    /// <param name="by">The user.</param>
    /// <param name="reason">The user's reason.</param>
    /// <param name="cause">What becomes of the sensor.</param>
    /// <param name="journal">Receives the entries.</param>
    public void End(DateTimeOffset at, string by, string reason, AlertCause cause, JournalWriter journal)
    {
        foreach (var kind in Alerts.Select(alert => alert.Kind).ToArray())
        {
            // Those that its state does not allow have no effect.
            foreach (var trigger in (AlertTrigger[])[AlertTrigger.Cleared, AlertTrigger.Unsuppressed, AlertTrigger.Unshelved, AlertTrigger.ReturnedToService, AlertTrigger.Acknowledged])
            {
                if (Find(kind) is { } alert)
                    Append(alert, AlertTransition.Draft(trigger, at) with { By = by, Note = reason, Cause = cause }, journal);
            }
        }
    }

    /// <summary>Applies a user's action.</summary>
    /// <param name="alert">One of <see cref="Alerts"/>.</param>
    /// <param name="draft">The transition.</param>
    /// <param name="journal">Receives the entries.</param>
    /// <returns>The alert after it, or null when its state does not allow the action.</returns>
    public Alert? Append(Alert alert, AlertTransition draft, JournalWriter journal)
    {
        if (draft.Trigger == AlertTrigger.Acknowledged && alert.Facts.IsActive)
            draft = draft with { Level = VibrationUnit.TryConvert(_evaluator.Value(alert.Kind), _evaluator.Unit(alert.Kind) ?? alert.Unit, alert.Unit, out var value) && !double.IsNaN(value) ? value : alert.Level };
        if (journal.Next(alert, draft) is not { } change)
            return null;

        if (Chatter.Follow(alert.Kind, change.Transition) is { } found)
            change = change with { Alert = change.Alert with { Chattering = found } };
        journal.Add(change);
        var others = Alerts.RemoveAll(other => other.Id == alert.Id);
        Alerts = change.Alert.IsOpen ? others.Add(change.Alert) : others;
        return change.Alert;
    }

    /// <summary>Shelves a kind, whether raised or not, unless the sensor is out of service.</summary>
    /// <returns>The alert after it, or null when its state does not allow the action.</returns>
    public Alert? Shelve(ConditionKind kind, AlertTransition draft, JournalWriter journal) =>
        IsOutOfService ? null : Append(Find(kind) ?? journal.Open(sensorId, kind), draft, journal);

    /// <summary>The open alert of a kind, or null.</summary>
    public Alert? Find(ConditionKind kind)
    {
        foreach (var alert in Alerts)
        {
            if (alert.Kind == kind)
                return alert;
        }

        return null;
    }

    private static SensorEvaluator Evaluate(SensorRule[] rules, ImmutableArray<Alert> alerts)
    {
        var evaluate = new SensorEvaluator(rules);
        foreach (var alert in alerts)
        {
            if (alert.Facts.IsActive)
                evaluate.Resume(alert.Kind, alert.Severity);
        }

        return evaluate;
    }

    private void Apply(int? calibrationAgeDays, string? message, JournalWriter journal, AlertCause? cause = null)
    {
        if (_findings.Count == 0)
            return;
        foreach (var finding in _findings)
        {
            // An alert of a reading that is ahead again, because the sensor's clock went back, does not end before it was raised.
            if (finding.Kind == FindingKind.Worse || finding.Rule.Kind == ConditionKind.NoData || !(Find(finding.Rule.Kind)?.RaisedAt > finding.At))
                Apply(finding, calibrationAgeDays, message, journal, cause);
        }

        _findings.Clear();
    }

    private void Apply(in Finding finding, int? calibrationAgeDays, string? message, JournalWriter journal, AlertCause? cause = null)
    {
        var alert = Find(finding.Rule.Kind);
        if (finding.Draft(alert, calibrationAgeDays, message) is not { } draft)
            return;
        if (cause is not null)
            draft = draft with { Cause = cause };
        if (alert is null)
        {
            alert = journal.Open(sensorId, finding.Rule.Kind);

            // In this order, so that it never appears to require attention.
            if (IsOutOfService)
                alert = Append(alert, AlertTransition.Draft(AlertTrigger.TakenOutOfService, finding.At), journal)!;
        }

        if (draft.Trigger == AlertTrigger.Raised && _common.Tells(alert.Kind) && !alert.Facts.IsSuppressed)
            alert = Append(alert, _common.Suppression(alert.Kind, finding.At), journal)!;

        // It ended before the standstill that suppressed it, so it is left to acknowledge.
        if (draft.Trigger == AlertTrigger.Cleared && !_common.Tells(alert.Kind) && alert.Facts.IsSuppressed && (finding.At < _evaluator.Latest || _evaluator.IsGateNewer(alert.Kind)))
            alert = Append(alert, AlertTransition.Draft(AlertTrigger.Unsuppressed, finding.At), journal)!;

        Append(alert, draft, journal);
    }

    // Uses the state of the gates, not their changes: the gate of an alert may change with its rule or a restart. Without a time, each gate has its own.
    private void FollowGates(JournalWriter journal, DateTimeOffset? at = null)
    {
        foreach (var alert in Alerts)
        {
            var isClosed = _common.Tells(alert.Kind) || _evaluator.IsGateClosed(alert.Kind);
            if (isClosed && alert.Facts is { IsActive: true, IsSuppressed: false })
                Append(alert, _common.Suppression(alert.Kind, at ?? StopOf(alert.Kind)), journal);
            else if (!isClosed && alert.Facts.IsSuppressed)
                Append(alert, AlertTransition.Draft(AlertTrigger.Unsuppressed, at ?? _evaluator.Latest), journal);
        }
    }

    // When a closed gate closed: with the latest reading, or with the first stop after it.
    private DateTimeOffset StopOf(ConditionKind kind) =>
        (_evaluator.IsGateNewer(kind) ? _machine.StopAfter(_evaluator.Latest) : null) ?? _evaluator.Latest;

    private void FollowLevels(DateTimeOffset at, JournalWriter journal)
    {
        foreach (var alert in Alerts)
        {
            if (!alert.Facts.IsActive || alert.Kind is ConditionKind.NoData or ConditionKind.Stuck or ConditionKind.CalibrationAge or ConditionKind.BaselineChange or ConditionKind.ClockOff)
                continue;

            // In the unit of the alert: that of the sensor may have changed since it was raised.
            var (value, sign) = (_evaluator.Value(alert.Kind), alert.Kind == ConditionKind.LevelBelow ? -1 : 1);
            if (double.IsNaN(value) || (_evaluator.Unit(alert.Kind) is { } unit && unit != alert.Unit && !VibrationUnit.TryConvert(value, unit, alert.Unit, out value)))
                continue;
            if (sign * value > sign * alert.PeakLevel)
                Alerts = Alerts.Replace(alert, alert with { PeakLevel = value });

            if (alert is { State: AlertState.Acknowledged, Acknowledgement.Level: { } then }
                && sign * (value - then) > Alert.MaximumWorsening * Math.Abs(then))
            {
                var cause = AlertCause.Of(TransitionCause.MuchWorse, value, alert.Unit, then, Alert.MaximumWorsening);
                Append(Find(alert.Kind)!, AlertTransition.Draft(AlertTrigger.Unacknowledged, at) with { Cause = cause, Level = value }, journal);
            }
        }
    }

    // For one kind: reconciles the findings with the record.
    private void Correct(
        LateFindings late, IReadOnlyCollection<AlertSpan> recorded, IReadOnlyList<EvaluatedReading> readings, JournalWriter journal)
    {
        foreach (var episode in late.Over)
        {
            if (episode[0].Kind == FindingKind.Worse && !Backfill.IsOnRecord(episode, recorded))
                Backfill.Add(sensorId, episode, finding => About(ReadingAt(finding.At, readings)), journal);
        }

        var alert = Find(late.Kind) is { Facts.IsActive: true } active ? active : null;
        if (!_evaluator.Holds(late.Kind))
        {
            var raised = recorded.Where(span => span.Kind == late.Kind && span.To is null).Select(span => span.From).DefaultIfEmpty().Max();
            if (alert is not null && late.Over is [.., { } last] && last[^1].At >= raised)
                Apply(last[^1], readings, journal);
            return;
        }

        // An active alert keeps its history; only its severity is updated. Entries from later readings, which wait for the clock, are not changed.
        var end = readings[^1].Reading.Timestamp;
        var now = late.Ongoing is [.., { } latest] && latest.Severity == _evaluator.Holding(late.Kind).Severity ? latest : _evaluator.Holding(late.Kind);
        if (alert?.SeverityChangedAt > end)
            return;
        if (alert is not null)
            Apply(now with { Kind = now.Severity < alert.Severity ? FindingKind.Better : FindingKind.Worse }, readings, journal);
        else if (recorded.Any(span => span.Kind == late.Kind && span.To > end))
            _evaluator.Release(late.Kind);
        else if (late.Ongoing is [{ Kind: FindingKind.Worse }, ..])
            Array.ForEach(late.Ongoing, finding => Apply(finding, readings, journal));
        else
            Apply(now with { Kind = FindingKind.Worse }, readings, journal);
    }

    private void Apply(in Finding finding, IReadOnlyList<EvaluatedReading> readings, JournalWriter journal)
    {
        var evaluated = ReadingAt(finding.At, readings);
        Apply(finding, evaluated.CalibrationAgeDays, evaluated.Message, journal);
    }

    private static (int? CalibrationAgeDays, string? Message) About(in EvaluatedReading evaluated) => (evaluated.CalibrationAgeDays, evaluated.Message);

    private static EvaluatedReading ReadingAt(DateTimeOffset at, IReadOnlyList<EvaluatedReading> readings) => readings.First(evaluated => evaluated.Reading.Timestamp == at);
}
