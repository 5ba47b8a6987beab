using VibeDash.Core.Readings;

namespace VibeDash.Core.Alerts;

/// <summary>
/// Evaluates the readings of one sensor by its rules, in event-time order. Its state follows from the latest readings, the rules and the open alerts,
/// and is rebuilt from them after a restart, a change of the rules, or late-arriving readings. Does not allocate for readings that change nothing.
/// Not thread-safe.
/// </summary>
public sealed class SensorEvaluator
{
    /// <summary>Minimum silence, in seconds, for rules relative to the cadence.</summary>
    public const double MinimumSilence = 60;

    /// <summary>
    /// Silence after which a sensor with too few readings for a cadence is silent, in seconds, for the first severity of a rule relative to the cadence: an
    /// hour more than a day, so that a sensor that sends once a day is not.
    /// </summary>
    public const double FewReadingsSilence = 25 * 3600;

    private const double DaysPerMonth = 365.25 / 12;

    // After an outage, a sensor has time for one more reading than the outage may have lost. Without a cadence: this part of the limit.
    private const double GraceIntervals = 1.25;
    private const double UnknownInterval = 1 / 8.0;

    private readonly SensorRule[] _rules;
    private readonly RuleRun[] _runs;
    private readonly TierRun[][] _tiers;
    private readonly Cadence? _cadence;
    private double _baseline, _sentBaseline;
    private MachineState _machine = MachineState.Unknown;
    private long _ticks;
    private long? _silentFrom;

    /// <summary>Creates an evaluator without readings.</summary>
    /// <param name="rules">The rules that apply, at most one per kind.</param>
    public SensorEvaluator(SensorRule[] rules)
    {
        _rules = rules;
        _runs = new RuleRun[rules.Length];
        _tiers = new TierRun[rules.Length][];
        for (var i = 0; i < rules.Length; i++)
        {
            (_runs[i].Tier, _runs[i].Beyond) = (-1, -1);
            _tiers[i] = new TierRun[rules[i].Tiers.Length];
            if (rules[i].Rule.Condition.Window is { } window)
                _runs[i].Window = new LevelWindow(window);
            _runs[i].Row = rules[i].Row();
            if (rules[i].Kind == ConditionKind.NoData)
                (_cadence, HasFixedSilence) = (new Cadence(), !rules[i].Rule.Condition.IsRelative);
        }
    }

    /// <summary>The rules that apply.</summary>
    public IReadOnlyList<SensorRule> Rules => _rules;

    /// <summary>Event time of the latest reading; the minimum time when there is none.</summary>
    public DateTimeOffset Latest => new(_ticks, TimeSpan.Zero);

    /// <summary>True when a silence shorter than <see cref="MinimumSilence"/> may have to be evaluated. Called for every sensor every second.</summary>
    public bool HasFixedSilence { get; }

    /// <summary>Time from which a silence counts: that of the latest reading, or the start of the machine after it when the rule follows its state.</summary>
    public DateTimeOffset SilentSince => IndexOf(ConditionKind.NoData) is >= 0 and var i && Determines(_machine, i) ? _machine.Since : Latest;

    /// <summary>Silence in seconds after which the sensor is silent; null without a rule, or while its gate is closed.</summary>
    /// <param name="sender">Its sender, if it sends changes only; else null.</param>
    public double? SilenceLimit(Sender? sender) =>
        IndexOf(ConditionKind.NoData) is >= 0 and var i && !IsGateClosed(i, _machine) ? SilenceThreshold(i, tier: 0, sender?.Cadence ?? _cadence!) : null;

    /// <summary>True when the evaluation of the silence will find the sensor silent, and it was not before.</summary>
    /// <param name="sender">Its sender, if it sends changes only; else null.</param>
    /// <param name="silence">The silence, without the outages.</param>
    /// <param name="isOffline">True when it was reported offline.</param>
    /// <param name="outages">The outages.</param>
    public bool IsSilenceDue(Sender? sender, TimeSpan silence, bool isOffline, SilenceOutages outages) =>
        IndexOf(ConditionKind.NoData) is >= 0 and var i && _runs[i].Tier < 0 && _ticks > 0 && !IsGateClosed(i, _machine)
        && IsSilent(i, tier: 0, silence.TotalSeconds, sender?.Cadence ?? _cadence!, isOffline, outages, out _);

    /// <summary>Resumes from an active alert: its condition holds with this severity.</summary>
    public void Resume(ConditionKind kind, Severity severity)
    {
        if (IndexOf(kind) is >= 0 and var i)
            _runs[i].Tier = _rules[i].TierOf(severity);
    }

    /// <summary>Forgets that the condition of this kind holds: the next reading that meets it raises it again.</summary>
    internal void Release(ConditionKind kind) => _runs[IndexOf(kind)].Tier = -1;

    /// <summary>
    /// Applies the latest machine state. While it is newer than the latest reading, it closes the gates of rules that follow the state. When the machine
    /// runs again, the gate opens for silences immediately, counted from then on; rules that compare levels wait for a reading. Counts stay: the next
    /// reading may be older than the state.
    /// </summary>
    public void Follow(MachineState machine) => _machine = machine;

    /// <summary>True when the condition of this kind holds.</summary>
    public bool Holds(ConditionKind kind) => IndexOf(kind) is >= 0 and var i && _runs[i].Tier >= 0;

    /// <summary>
    /// True when the latest reading is beyond the threshold of Critical according to a rule, by index in <see cref="Rules"/>, and the on-delay of that severity
    /// is not over. Called for every reading.
    /// </summary>
    internal bool IsCriticalUnconfirmed(int rule)
    {
        ref var run = ref _runs[rule];
        return run.Beyond > run.Tier && run.IsEvaluated && _rules[rule].Severity(run.Beyond) == Severity.Critical && !IsGateClosed(rule, _machine);
    }

    /// <summary>True when the machine stands still, according to the rule of this kind: at the latest reading, or since a newer machine state.</summary>
    public bool IsGateClosed(ConditionKind kind) => IndexOf(kind) is >= 0 and var i && IsGateClosed(i, _machine);

    /// <summary>True when the gate of this kind is that of a machine state newer than the latest reading.</summary>
    public bool IsGateNewer(ConditionKind kind) => IndexOf(kind) is >= 0 and var i && Determines(_machine, i);

    /// <summary>Last compared value of a kind, in the unit of its rule; NaN when there was none.</summary>
    public double Value(ConditionKind kind) => IndexOf(kind) is >= 0 and var i && _runs[i].IsEvaluated ? _runs[i].Value : double.NaN;

    /// <summary>Unit of <see cref="Value"/>; null without a rule of the kind.</summary>
    public string? Unit(ConditionKind kind) => IndexOf(kind) is >= 0 and var i ? _rules[i].Unit : null;

    /// <summary>The condition of a kind as a finding on the latest reading; only while it <see cref="Holds"/>.</summary>
    internal Finding Holding(ConditionKind kind)
    {
        var i = IndexOf(kind);
        var threshold = _rules[i].Threshold(_runs[i].Tier, _baseline);
        return Change(FindingKind.Worse, i, _ticks, _ticks, _runs[i].Tier, threshold) with { Value = _runs[i].IsEvaluated ? _runs[i].Value : threshold };
    }

    /// <summary>Continues a count that stored readings do not show, with an unchanged rule.</summary>
    internal void Continue(ConditionKind kind, SensorEvaluator before)
    {
        if (IndexOf(kind) is not (>= 0 and var i) || before.IndexOf(kind) is not (>= 0 and var j)
            || (_rules[i].Rule.Id, _rules[i].Rule.Version) != (before._rules[j].Rule.Id, before._rules[j].Rule.Version))
            return;
        _runs[i] = before._runs[j];
        before._tiers[j].CopyTo(_tiers[i], 0);
    }

    /// <summary>Counts a reading whose findings are already known.</summary>
    public void Count(in EvaluatedReading evaluated) => Process(evaluated, findings: null);

    /// <summary>Evaluates the next reading, which must not be older than the previous one.</summary>
    /// <param name="evaluated">The reading.</param>
    /// <param name="findings">Receives the changes.</param>
    public void Evaluate(in EvaluatedReading evaluated, ICollection<Finding> findings) => Process(evaluated, findings);

    /// <summary>Evaluates the absence of readings.</summary>
    /// <param name="now">Time up to which no reading has arrived.</param>
    /// <param name="outages">The outages since <see cref="SilentSince"/>.</param>
    /// <param name="findings">Receives the changes.</param>
    public void EvaluateSilence(DateTimeOffset now, SilenceOutages outages, ICollection<Finding> findings) => EvaluateSilence(now, _machine, outages, findings);

    /// <summary>
    /// Evaluates a sensor that sends changes only: it is silent with its sender, or when it was reported offline, and ends to be when its sender is heard.
    /// </summary>
    /// <param name="sender">Its sender.</param>
    /// <param name="from">Server time since which it is silent, if it is: when the sender was last heard, or the sensor went offline.</param>
    /// <param name="isOffline">True when it was reported offline.</param>
    /// <param name="now">Server time.</param>
    /// <param name="outages">The outages since <paramref name="from"/>.</param>
    /// <param name="findings">Receives the changes.</param>
    public void EvaluateSilence(
        Sender sender, DateTimeOffset from, bool isOffline, DateTimeOffset now, SilenceOutages outages, ICollection<Finding> findings)
    {
        if (IndexOf(ConditionKind.NoData) is not (>= 0 and var i) || _ticks == 0 || IsGateClosed(i, _machine))
            return;

        // After a restart it is not known since when it has been silent.
        var isHeard = from.UtcTicks > _silentFrom || (_silentFrom is null && !sender.IsEstimated && (now - from - outages.Missed).TotalSeconds <= SilenceThreshold(i, tier: 0, sender.Cadence));
        if (_runs[i].Tier >= 0 && !isOffline && isHeard)
            EndSilence(i, from.UtcTicks, findings);
        _silentFrom = _runs[i].Tier >= 0 && _silentFrom is not null ? _silentFrom : from.UtcTicks;
        Silence(i, from.UtcTicks, now.UtcTicks, sender.Cadence, isOffline, outages, findings);
    }

    /// <summary>Evaluates the silence before a new reading, before the reading itself and with the machine state of its own time.</summary>
    /// <param name="evaluated">The new reading.</param>
    /// <param name="findings">Receives the changes.</param>
    public void EvaluateGap(in EvaluatedReading evaluated, ICollection<Finding> findings)
    {
        var timestamp = evaluated.Reading.Timestamp;
        if (timestamp.UtcTicks > _ticks)
            EvaluateSilence(timestamp, new(evaluated.MachineRuns, evaluated.MachineSince), SilenceOutages.None, findings);
    }

    private void EvaluateSilence(DateTimeOffset now, MachineState machine, SilenceOutages outages, ICollection<Finding> findings)
    {
        if (IndexOf(ConditionKind.NoData) is >= 0 and var i && _ticks > 0 && !IsGateClosed(i, machine))
            Silence(i, Determines(machine, i) ? machine.Since.UtcTicks : _ticks, now.UtcTicks, _cadence!, isOffline: false, outages, findings);
    }

    private bool IsGateClosed(int i, MachineState machine) =>
        Determines(machine, i) ? !machine.Runs || _rules[i].Kind != ConditionKind.NoData : _runs[i].IsGateClosed;

    // A state that is not newer than the latest reading was applied with the reading.
    private bool Determines(MachineState machine, int i) => _ticks > 0 && machine.Since.UtcTicks > _ticks && _rules[i].FollowsMachine;

    private void Process(in EvaluatedReading evaluated, ICollection<Finding>? findings)
    {
        var reading = evaluated.Reading;
        var ticks = reading.Timestamp.UtcTicks;

        // The interval across a standstill is not part of the cadence, nor are readings on its two sides consecutive.
        var stoodStill = evaluated.MachineSince.UtcTicks > _ticks;
        if (_ticks > 0 && !stoodStill)
            _cadence?.Add(ticks - _ticks);
        _ticks = ticks;
        _baseline = evaluated.Baseline;

        for (var i = 0; i < _rules.Length; i++)
        {
            ref var run = ref _runs[i];
            var rule = _rules[i];

            // A reading ends a silence, whether the machine runs or not.
            if (rule.Kind == ConditionKind.NoData)
                EndSilence(i, ticks, findings);
            if (stoodStill && rule.FollowsMachine)
                CloseGate(i);
            if (!rule.IsGateOpen(reading.Level, evaluated.MachineRuns))
            {
                CloseGate(i);
                continue;
            }

            run.IsGateClosed = false;

            // Levels at standstill say nothing about the running machine, so they stay out of the window.
            run.Window?.Add(ticks, reading.Level);
            if (rule.Kind != ConditionKind.NoData && Measure(rule, ref run, evaluated))
                Evaluate(i, evaluated, findings);
        }

        if (reading.Baseline > 0)
            _sentBaseline = reading.Baseline;
    }

    private void CloseGate(int i)
    {
        (_runs[i].IsEvaluated, _runs[i].IsGateClosed) = (false, true);
        Array.Clear(_tiers[i]);
        _runs[i].Row?.Clear();
    }

    private bool Measure(SensorRule rule, ref RuleRun run, in EvaluatedReading evaluated)
    {
        var reading = evaluated.Reading;
        run.Value = rule.Kind switch
        {
            ConditionKind.LevelAbove or ConditionKind.LevelBelow => reading.Level,
            ConditionKind.DifferenceAbove or ConditionKind.BaselineMultiple => evaluated.Baseline > 0 ? reading.Level : double.NaN,
            ConditionKind.Change => Changed(rule.Rule.Condition, run.Window!, reading),
            ConditionKind.Stuck => run.Row!.Add(reading.Level),
            ConditionKind.CalibrationAge => evaluated.CalibrationDate is { } date
                ? (reading.Timestamp.UtcDateTime - date.ToDateTime(TimeOnly.MinValue)).TotalDays / DaysPerMonth
                : double.NaN,
            ConditionKind.ClockOff => evaluated.ClockOff,
            ConditionKind.BaselineChange => _sentBaseline > 0 && reading.Baseline > 0 ? Percentage.Of(Math.Abs(reading.Baseline - _sentBaseline), _sentBaseline) : double.NaN,
            _ => double.NaN,
        };
        return run.IsEvaluated = !double.IsNaN(run.Value);
    }

    private static double Changed(AlertCondition condition, LevelWindow window, Reading reading)
    {
        var (lowest, highest) = window.Extremes(reading.Timestamp.UtcTicks);
        var (up, down) = (reading.Level - lowest, highest - reading.Level);
        if (condition.IsRelative)
            (up, down) = (lowest != 0 ? Percentage.Of(up, Math.Abs(lowest)) : 0, highest != 0 ? Percentage.Of(down, Math.Abs(highest)) : 0);
        return condition.Direction switch
        {
            ChangeDirection.Up => up,
            ChangeDirection.Down => down,
            _ => Math.Max(up, down),
        };
    }

    private void Evaluate(int i, in EvaluatedReading evaluated, ICollection<Finding>? findings)
    {
        var (rule, tiers) = (_rules[i], _tiers[i]);
        var (ticks, baseline) = (_ticks, evaluated.Baseline);
        ref var run = ref _runs[i];
        run.Beyond = -1;
        var sign = rule.Rule.Condition.IsFalling ? -1 : 1;
        for (var tier = 0; tier < tiers.Length; tier++)
        {
            var threshold = rule.Threshold(tier, baseline);
            var isBeyond = IsBeyond(rule, run.Value, threshold);
            if (isBeyond)
                run.Beyond = tier;
            tiers[tier].Count(isBeyond, sign * run.Value <= sign * rule.Recovery(tier, baseline), ticks);
        }

        if (findings is null)
            return;

        for (var tier = run.Beyond; tier > run.Tier; tier--)
        {
            ref readonly var limit = ref rule.Tiers[tier];
            if (!tiers[tier].Held(limit.HoldReadings, limit.HoldTicks, ticks) && !SkipsDelay(rule, tier, run.Value, evaluated))
                continue;
            run.Tier = tier;
            findings.Add(Change(FindingKind.Worse, i, ticks, tiers[tier].OverSince, tier, rule.Threshold(tier, baseline)));
            return;
        }

        var before = run.Tier;
        while (run.Tier >= 0 && tiers[run.Tier].Recovered(rule.RecoveryReadings, rule.RecoveryTicks, ticks))
            run.Tier--;
        if (run.Tier < 0 && before >= 0)
            findings.Add(Change(FindingKind.Ended, i, ticks, tiers[0].UnderSince, before, rule.Recovery(0, baseline)));
        else if (run.Tier < before)
            findings.Add(Change(FindingKind.Better, i, ticks, tiers[before].UnderSince, run.Tier, rule.Threshold(run.Tier, baseline)));
    }

    private static bool IsBeyond(SensorRule rule, double value, double threshold) =>
        (rule.Rule.Condition.IsFalling ? value < threshold : value > threshold) || (rule.Rule.Condition.IsInclusive && value == threshold);

    // For a value beyond the threshold of the tier.
    private static bool SkipsDelay(SensorRule rule, int tier, double value, in EvaluatedReading evaluated)
    {
        var atOnce = rule.AtOnce(tier, evaluated.Baseline);
        return !double.IsNaN(atOnce)
            && (IsBeyond(rule, value, atOnce) || evaluated.Reached >= rule.Severity(tier) || SenderWord.IsSevere(evaluated.Message));
    }

    private void Silence(int i, long from, long now, Cadence cadence, bool isOffline, SilenceOutages outages, ICollection<Finding> findings)
    {
        var rule = _rules[i];
        ref var run = ref _runs[i];
        from += outages.Missed.Ticks;
        var silence = (now - from) / (double)TimeSpan.TicksPerSecond;

        // Called for every sensor every second: skips the cadence for a sensor that has just sent.
        if (silence <= MinimumSilence && !HasFixedSilence)
            return;

        // The cadence was learned before the silence.
        (run.Value, run.IsEvaluated) = (silence, true);
        for (var tier = run.Tier + 1; tier < rule.Tiers.Length; tier++)
        {
            if (!IsSilent(i, tier, silence, cadence, isOffline, outages, out var threshold))
                return;
            run.Tier = tier;
            findings.Add(Change(FindingKind.Worse, i, from + (long)(threshold * TimeSpan.TicksPerSecond), from - outages.Missed.Ticks, tier, threshold) with { Value = threshold });
        }
    }

    private bool IsSilent(int i, int tier, double silence, Cadence cadence, bool isOffline, SilenceOutages outages, out double threshold)
    {
        threshold = SilenceThreshold(i, tier, cadence);

        // A report needs no more than the time of a reconnect.
        if (isOffline)
            threshold *= Math.Min(1, MinimumSilence / SilenceThreshold(i, tier: 0, cadence));
        return silence > threshold && outages.Since.TotalSeconds > Grace(threshold, silence, cadence);
    }

    private double SilenceThreshold(int i, int tier, Cadence cadence)
    {
        var threshold = _rules[i].Tiers[tier].Threshold;
        if (HasFixedSilence)
            return threshold;
        return cadence.Seconds() is { } usual
            ? Math.Max(threshold * usual, MinimumSilence)
            : Math.Max(threshold * cadence.Longest, FewReadingsSilence * threshold / _rules[i].Tiers[0].Threshold);
    }

    // The reading due in an outage may be lost: the next one is to come after it. Not several of them.
    private static double Grace(double threshold, double silence, Cadence cadence)
    {
        var next = silence > 2 * threshold ? 0 : GraceIntervals * (cadence.Seconds() ?? (UnknownInterval * threshold));
        return Math.Min(threshold, Math.Max(next, MinimumSilence));
    }

    private void EndSilence(int i, long ticks, ICollection<Finding>? findings)
    {
        ref var run = ref _runs[i];
        if (run.Tier < 0 || findings is null)
            return;
        findings.Add(Change(FindingKind.Ended, i, ticks, ticks, run.Tier, 0) with { Value = 0 });
        run.Tier = -1;
    }

    private Finding Change(FindingKind kind, int i, long at, long since, int tier, double threshold) =>
        new(kind, _rules[i], new(at, TimeSpan.Zero), new(since, TimeSpan.Zero), _rules[i].Severity(tier), _runs[i].Value, threshold);

    private int IndexOf(ConditionKind kind)
    {
        for (var i = 0; i < _rules.Length; i++)
        {
            if (_rules[i].Kind == kind)
                return i;
        }

        return -1;
    }

    private struct RuleRun
    {
        /// <summary>Index of the tier whose condition holds; -1 for none.</summary>
        public int Tier;

        /// <summary>Index of the highest tier beyond whose threshold the latest evaluated reading is; -1 for none.</summary>
        public int Beyond;
        public double Value;
        public bool IsEvaluated, IsGateClosed;
        public LevelWindow? Window;
        public LevelRow? Row;
    }
}
