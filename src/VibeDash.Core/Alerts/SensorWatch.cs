using System.Collections.Immutable;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Alerts;

/// <summary>
/// The alerts of one sensor: evaluates its readings, and makes of the findings, of what people do and of times that run out the entries of the alert
/// journal. Pure but for its own state; not thread-safe.
/// </summary>
/// <param name="sensorId">The sensor.</param>
/// <param name="rules">The rules that apply to it.</param>
/// <param name="alerts">Its open alerts.</param>
/// <param name="isOutOfService">True when the sensor or its machine is out of service.</param>
/// <param name="chattering">From when on an alert is chattering; null is <see cref="ChatteringLimit.Usual"/>.</param>
public sealed class SensorWatch(
    string sensorId, SensorRule[] rules, ImmutableArray<Alert> alerts, bool isOutOfService = false, ChatteringLimit? chattering = null)
{
    private readonly List<Finding> _findings = new(1);
    private SensorEvaluator _evaluator = Evaluate(rules, alerts);
    private MachineState _machine = MachineState.Unknown;
    private ChatterLogs? _chatter;

    private ChatterLogs Chatter => _chatter ??= new(chattering ?? ChatteringLimit.Usual);

    /// <summary>Its open alerts, at most one of a kind.</summary>
    public ImmutableArray<Alert> Alerts { get; private set; } = alerts;

    /// <summary>True while the sensor or its machine is out of service.</summary>
    public bool IsOutOfService { get; private set; } = isOutOfService;

    /// <summary>The rules that apply.</summary>
    public IReadOnlyList<SensorRule> Rules => _evaluator.Rules;

    /// <summary>True when a silence of less than <see cref="SensorEvaluator.MinimumSilence"/> may have to be evaluated.</summary>
    public bool HasFixedSilence => _evaluator.HasFixedSilence;

    /// <summary>True when the machine runs: it is not said to stand still, and the level is above zero and above the run level of every gate.</summary>
    public bool IsRunning(double level, bool machineRuns) => machineRuns && level > 0 && Rules.All(rule => rule.IsGateOpen(level, machineRuns));

    /// <summary>Takes the sensor out of service, or returns it.</summary>
    /// <param name="isOutOfService">What it is to be.</param>
    /// <param name="at">The server's clock.</param>
    /// <param name="by">Who asked for it.</param>
    /// <param name="reason">Why it is or was out of service.</param>
    /// <param name="journal">Receives what happened.</param>
    public void SetOutOfService(bool isOutOfService, DateTimeOffset at, string by, string reason, JournalWriter journal)
    {
        if (IsOutOfService == isOutOfService)
            return;
        IsOutOfService = isOutOfService;
        var draft = AlertTransition.Draft(isOutOfService ? AlertTrigger.TakenOutOfService : AlertTrigger.ReturnedToService, at) with { By = by, Note = reason };
        foreach (var alert in Alerts)
            Append(alert, draft, journal);
    }

    /// <summary>
    /// Takes in what the journal says of the past, in order, so that chattering goes on being counted. How far the level went between two entries it
    /// does not say: the deadband of cycles before is then that of the reading that cleared them.
    /// </summary>
    public void Recall(ConditionKind kind, AlertTransition transition) => Chatter.Follow(kind, transition);

    /// <summary>Takes in a reading of the past, which has been evaluated already.</summary>
    public void Count(in EvaluatedReading evaluated) => _evaluator.Count(evaluated);

    /// <summary>Goes on with what is said of the machine, after the readings of the past have been taken in.</summary>
    public void Resume(MachineState machine) => _evaluator.Follow(_machine = machine);

    /// <summary>
    /// Follows what is said of the machine. When it stands still, alerts of rules that follow its state are suppressed at once; when it runs again,
    /// those of silences come out at once and the others with the next reading.
    /// </summary>
    /// <param name="machine">The state by the newest word.</param>
    /// <param name="at">From when on, by the word.</param>
    /// <param name="journal">Receives what happened.</param>
    public void Follow(MachineState machine, DateTimeOffset at, JournalWriter journal)
    {
        if (_machine == machine)
            return;
        Resume(machine);
        FollowGates(at, journal);
    }

    /// <summary>Evaluates the next reading.</summary>
    /// <param name="evaluated">Not older than the one before.</param>
    /// <param name="gapIsCertain">True when no reading between the one before and this can have been missed: the silence between them is the sensor's own.</param>
    /// <param name="journal">Receives what happened.</param>
    public void Evaluate(in EvaluatedReading evaluated, bool gapIsCertain, JournalWriter journal)
    {
        if (gapIsCertain)
        {
            // Of its own: what the reading says is not said of the silence before it.
            _evaluator.EvaluateGap(evaluated, _findings);
            Apply(calibrationAgeDays: null, message: null, journal);
        }

        _evaluator.Evaluate(evaluated, _findings);

        // A reading of before the newest word.
        _evaluator.Follow(_machine);
        Apply(evaluated.CalibrationAgeDays, evaluated.Message, journal);
        _chatter?.Follow(_evaluator);
        if (Alerts.IsEmpty)
            return;
        FollowGates(evaluated.Reading.Timestamp, journal);
        FollowLevels(evaluated.Reading.Timestamp, journal);
    }

    /// <summary>Evaluates that no reading has come until <paramref name="now"/>, although none would have been missed.</summary>
    public void EvaluateSilence(DateTimeOffset now, JournalWriter journal)
    {
        _evaluator.EvaluateSilence(now, _findings);
        Apply(calibrationAgeDays: null, message: null, journal);
    }

    /// <summary>Ends what has run out by <paramref name="now"/>: shelvings, and acknowledgements with an expiry.</summary>
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
    /// Evaluates anew after readings that came late. What had been on record stays; a condition that is now known to have held and is over is
    /// journalled as backfilled; one that is found to hold now is raised, and one found to have ended is cleared, at the event time of that.
    /// </summary>
    /// <param name="readings">All readings from some time before the first late one to the newest, in event-time order; not empty.</param>
    /// <param name="firstLate">Event time of the first late one; those before it fill the on-delays and windows, and what was over by then stays as it is.</param>
    /// <param name="recorded">What is on record since the first of <paramref name="readings"/>.</param>
    /// <param name="journal">Receives what happened.</param>
    public void Reevaluate(
        IReadOnlyList<EvaluatedReading> readings,
        DateTimeOffset firstLate,
        IReadOnlyCollection<AlertSpan> recorded,
        JournalWriter journal)
    {
        _evaluator = new SensorEvaluator([.. Rules]);
        foreach (var span in recorded)
        {
            // What had begun before these readings. Whether it went on, they say themselves.
            if (span.From < readings[0].Reading.Timestamp && !(span.To < readings[0].Reading.Timestamp))
                _evaluator.Resume(span.Kind, span.Severity);
        }

        foreach (var evaluated in readings)
            _evaluator.Evaluate(evaluated, _findings);

        Finding[] findings = [.. _findings];
        _findings.Clear();
        foreach (var rule in Rules)
        {
            // Silence has its own clock: what comes late was not silent, but nobody could know.
            if (rule.Kind != ConditionKind.NoData)
                Correct(new LateFindings(rule.Kind, findings, firstLate), recorded, readings, journal);
        }

        foreach (var alert in Alerts)
        {
            if (alert.Facts.IsActive && !_evaluator.Holds(alert.Kind))
                _evaluator.Resume(alert.Kind, alert.Severity);
        }

        _evaluator.Follow(_machine);
        FollowGates(readings[^1].Reading.Timestamp, journal);
    }

    /// <summary>Goes on with other rules.</summary>
    /// <param name="rules">The rules that apply from now on.</param>
    /// <param name="latest">The latest readings, in event-time order, to fill on-delays and windows.</param>
    /// <param name="now">The server's clock.</param>
    /// <param name="journal">Receives the end of those that no rule evaluates any more, and what a gate that came or went makes of the others.</param>
    public void ChangeRules(SensorRule[] rules, IEnumerable<EvaluatedReading> latest, DateTimeOffset now, JournalWriter journal)
    {
        foreach (var alert in Alerts.Where(alert => alert.Facts.IsActive && !rules.Any(rule => rule.Kind == alert.Kind)))
            Append(alert, AlertTransition.Draft(AlertTrigger.Cleared, now) with { Cause = AlertCause.Of(TransitionCause.RuleGone) }, journal);

        _evaluator = Evaluate(rules, Alerts);
        foreach (var evaluated in latest)
            _evaluator.Count(evaluated);
        _evaluator.Follow(_machine);
        FollowGates(now, journal);
    }

    /// <summary>Does what a person asks for.</summary>
    /// <param name="alert">One of <see cref="Alerts"/>.</param>
    /// <param name="draft">What they ask for.</param>
    /// <param name="journal">Receives what happened.</param>
    /// <returns>The alert after it, or null when its state does not allow it.</returns>
    public Alert? Append(Alert alert, AlertTransition draft, JournalWriter journal)
    {
        if (draft.Trigger == AlertTrigger.Acknowledged && alert.Facts.IsActive)
            draft = draft with { Level = _evaluator.Value(alert.Kind) is var value && double.IsNaN(value) ? alert.Level : value };
        if (journal.Next(alert, draft) is not { } change)
            return null;

        if (Chatter.Follow(alert.Kind, change.Transition) is { } found)
            change = change with { Alert = change.Alert with { Chattering = found } };
        journal.Add(change);
        var others = Alerts.RemoveAll(other => other.Id == alert.Id);
        Alerts = change.Alert.IsOpen ? others.Add(change.Alert) : others;
        return change.Alert;
    }

    /// <summary>Puts a kind aside, whether it is raised or not, but not while the sensor is out of service.</summary>
    /// <returns>The alert after it, or null when its state does not allow it.</returns>
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

    private void Apply(int? calibrationAgeDays, string? message, JournalWriter journal)
    {
        if (_findings.Count == 0)
            return;
        foreach (var finding in _findings)
            Apply(finding, calibrationAgeDays, message, journal);
        _findings.Clear();
    }

    private void Apply(in Finding finding, int? calibrationAgeDays, string? message, JournalWriter journal)
    {
        var alert = Find(finding.Rule.Kind);
        if (finding.Draft(alert, calibrationAgeDays, message) is not { } draft)
            return;
        if (alert is null)
        {
            alert = journal.Open(sensorId, finding.Rule.Kind);

            // In this order, so that it is never shown as one that asks for attention.
            if (IsOutOfService)
                alert = Append(alert, AlertTransition.Draft(AlertTrigger.TakenOutOfService, finding.At), journal)!;
        }

        Append(alert, draft, journal);
    }

    // By the state of the gates, not by its changes: the gate of an alert may come and go with its rule, or with a restart.
    private void FollowGates(DateTimeOffset at, JournalWriter journal)
    {
        foreach (var alert in Alerts)
        {
            var isClosed = _evaluator.IsGateClosed(alert.Kind);
            if (isClosed && alert.Facts is { IsActive: true, IsSuppressed: false })
                Append(alert, AlertTransition.Draft(AlertTrigger.Suppressed, at), journal);
            else if (!isClosed && alert.Facts.IsSuppressed)
                Append(alert, AlertTransition.Draft(AlertTrigger.Unsuppressed, at), journal);
        }
    }

    private void FollowLevels(DateTimeOffset at, JournalWriter journal)
    {
        foreach (var alert in Alerts)
        {
            if (!alert.Facts.IsActive || alert.Kind is ConditionKind.NoData or ConditionKind.Stuck or ConditionKind.CalibrationAge or ConditionKind.BaselineChange)
                continue;

            var (value, sign) = (_evaluator.Value(alert.Kind), alert.Kind == ConditionKind.LevelBelow ? -1 : 1);
            if (double.IsNaN(value))
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

    // Of one kind: what the readings say, against what is on record.
    private void Correct(
        LateFindings late, IReadOnlyCollection<AlertSpan> recorded, IReadOnlyList<EvaluatedReading> readings, JournalWriter journal)
    {
        foreach (var episode in late.Over)
        {
            if (episode[0].Kind == FindingKind.Worse && !recorded.Any(span => span.Kind == late.Kind && span.Overlaps(episode[0].At, episode[^1].At)))
                Backfill(episode, readings, journal);
        }

        var alert = Find(late.Kind) is { Facts.IsActive: true } active ? active : null;
        if (!_evaluator.Holds(late.Kind))
        {
            var raised = recorded.Where(span => span.Kind == late.Kind && span.To is null).Select(span => span.From).DefaultIfEmpty().Max();
            if (alert is not null && late.Over is [.., { } last] && last[^1].At >= raised)
                Apply(last[^1], readings, journal);
            return;
        }

        // Of one that is active the record keeps how it came about; it is brought to the severity of now.
        var now = late.Ongoing is [.., { } latest] && latest.Severity == _evaluator.Holding(late.Kind).Severity ? latest : _evaluator.Holding(late.Kind);
        if (alert is not null)
            Apply(now with { Kind = now.Severity < alert.Severity ? FindingKind.Better : FindingKind.Worse }, readings, journal);
        else if (late.Ongoing is [{ Kind: FindingKind.Worse }, ..])
            Array.ForEach(late.Ongoing, finding => Apply(finding, readings, journal));
        else
            Apply(now with { Kind = FindingKind.Worse }, readings, journal);
    }

    private void Backfill(Finding[] episode, IReadOnlyList<EvaluatedReading> readings, JournalWriter journal)
    {
        var alert = journal.Open(sensorId, episode[0].Rule.Kind);
        foreach (var finding in episode)
        {
            var evaluated = ReadingAt(finding.At, readings);
            var change = journal.Next(alert, finding.Draft(alert, evaluated.CalibrationAgeDays, evaluated.Message)! with { IsBackfilled = true })!;
            journal.Add(change);
            alert = change.Alert;
        }
    }

    private void Apply(in Finding finding, IReadOnlyList<EvaluatedReading> readings, JournalWriter journal)
    {
        var evaluated = ReadingAt(finding.At, readings);
        Apply(finding, evaluated.CalibrationAgeDays, evaluated.Message, journal);
    }

    private static EvaluatedReading ReadingAt(DateTimeOffset at, IReadOnlyList<EvaluatedReading> readings) => readings.First(evaluated => evaluated.Reading.Timestamp == at);
}
