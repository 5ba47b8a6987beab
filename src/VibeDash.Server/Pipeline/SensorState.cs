using VibeDash.Core.Alerts;
using VibeDash.Core.Readings;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Pipeline;

/// <summary>State of a sensor in the event loop. Owned by the event loop, which reloads it from the database after a failed transaction.</summary>
/// <param name="stored">The sensor in the storage.</param>
/// <param name="facts">Facts of its latest event.</param>
/// <param name="latest">Its newest good reading that is not ahead of its clock.</param>
internal sealed class SensorState(StoredSensor stored, SensorFacts facts, Reading latest)
{
    /// <summary>The sensor in the storage.</summary>
    public StoredSensor Stored => stored;

    /// <summary>Its id.</summary>
    public string SensorId => stored.SensorId;

    /// <summary>Facts of its latest event.</summary>
    public SensorFacts Facts { get; set; } = facts;

    /// <summary>Its newest good reading that is not ahead of its clock; its only one may be ahead, and while none was good, it is the first.</summary>
    public Reading Latest { get; set; } = latest;

    /// <summary>Its clock.</summary>
    public SensorClock Clock { get; } = new();

    /// <summary>
    /// Event time of the first of its readings that are ahead; null when none is. All stored readings after <see cref="Latest"/> are ahead: they wait for
    /// the clock.
    /// </summary>
    public DateTimeOffset? WaitingFrom { get; set; }

    /// <summary>How far the furthest of the waiting readings was ahead of the server's clock when it was found to be.</summary>
    public TimeSpan WaitingLead { get; set; }

    /// <summary>Event time up to which waiting readings may have been evaluated before: their findings may be on record.</summary>
    public DateTimeOffset EvaluatedUntil { get; set; }

    /// <summary>How far its clock, or that of one of its senders, is ahead of the server's.</summary>
    public TimeSpan Lead => WaitingFrom is not null && WaitingLead > Clock.Lead ? WaitingLead : Clock.Lead;

    /// <summary><see cref="Lead"/>, or negative how far its clock is behind.</summary>
    public TimeSpan ClockOffset => Lead > TimeSpan.Zero ? Lead : -Clock.Lag;

    /// <summary><see cref="ClockOffset"/> as shown: smaller changes than the tolerance are not worth a message.</summary>
    public TimeSpan ShownOffset { get; set; }

    /// <summary><see cref="SensorWatch.IsCriticalUnconfirmed"/> as shown.</summary>
    public bool ShownUnconfirmed { get; set; }

    /// <summary>Its alerts and the evaluation of its readings.</summary>
    public required SensorWatch Watch { get; set; }

    /// <summary>What sends for it, if it sends changes only; else null.</summary>
    public Sender? Sender { get; set; }

    /// <summary>Start of the last reported offline time, or null: <see cref="SensorStatusChange"/>.</summary>
    public DateTimeOffset? OfflineSince { get; set; }

    /// <summary>Its labels.</summary>
    public IReadOnlyList<string> Labels { get; set; } = [];

    /// <summary>Its machine; null when no state is reported.</summary>
    public Machine? Machine { get; set; }

    /// <summary>Its baseline; null when the one it sends is in force.</summary>
    public Baseline? Baseline { get; set; }

    /// <summary>Learns its baseline; null when no baseline is being learned.</summary>
    public BaselineLearner? Learner { get; private set; }

    /// <summary>The level above which its machine runs; null when none was set.</summary>
    public RunLevel? RunLevel { get; set; }

    /// <summary>Baseline and thresholds in force, as far as they are on record: what is replaced is recorded.</summary>
    public LimitsInForce? Limits { get; set; }

    /// <summary>Event time of the first reading that is not good and newer than <see cref="Latest"/>; null when there is none. That of <see cref="Latest"/> when none was good.</summary>
    public DateTimeOffset? NotGoodSince { get; set; }

    /// <summary>Quality of that reading.</summary>
    public ReadingQuality Quality { get; set; }

    /// <summary>True once <see cref="NotGoodSince"/> is shown.</summary>
    public bool ShowsQuality { get; set; }

    /// <summary>Server time of its last arrival of a good reading; after a restart that of its latest reading, as far as its clock is right.</summary>
    public DateTimeOffset ArrivedAt { get; set; } = latest.Timestamp;

    /// <summary>Server time since which it is silent, if it is: its last arrival or, of a sensor that sends changes only, that of its sender, or its report as offline.</summary>
    public DateTimeOffset HeardAt => Sender is null ? ArrivedAt : IsOffline ? OfflineSince!.Value : Sender.HeardAt;

    /// <summary>True when it was reported offline, and has not sent since.</summary>
    public bool IsOffline => SensorStatusChange.IsOffline(OfflineSince, Latest.Timestamp);

    /// <summary>A reading for display, with the baseline in force.</summary>
    public Reading Shown(Reading reading) => BaselineOf(reading) is var baseline && baseline == reading.Baseline ? reading : reading with { Baseline = baseline };

    /// <summary>A reading for evaluation, with the baseline in force now and the state of its machine at the time of the reading.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="message">The sensor's own message in the event, or null.</param>
    /// <param name="isNew">False for a stored reading: the clock at its arrival is not known.</param>
    public EvaluatedReading ToEvaluate(Reading reading, string? message = null, bool isNew = false)
    {
        var machine = Machine?.History.At(reading.Timestamp) ?? MachineState.Unknown;
        return new(reading, BaselineOf(reading), Facts.CalibrationDate, machine.Runs, machine.Since, message, isNew ? ClockOffset.Duration().TotalSeconds : double.NaN);
    }

    /// <summary>A reading is not good, and not older than the latest good one.</summary>
    public void SetAside(Reading reading)
    {
        // A gateway that loses its device may send the last value again with its timestamp.
        var at = Latest.IsGood && reading.Timestamp == Latest.Timestamp ? reading.Timestamp.AddMicroseconds(1) : reading.Timestamp;
        if (NotGoodSince is not { } since || at < since)
            (NotGoodSince, Quality) = (at, reading.Quality);
    }

    /// <summary>Starts to learn the baseline, or ends it, as <see cref="Baseline"/> says.</summary>
    public void StartLearning() => Learner = Baseline is { IsLearning: true }
        ? new(Baseline.Demand ?? LearningDemand.Usual, findsStandstill: Machine is null && RunLevel is null && Baseline.RunLevel is null)
        : null;

    /// <summary>Learns from a reading if the baseline is being learned and the machine runs.</summary>
    /// <returns>True when this completes the baseline.</returns>
    public bool Learn(Reading reading)
    {
        if (!Recall(reading))
            return false;

        var (median, deviation, readings, runLevel) = Learner!.Result();
        (Baseline, Learner) = (Baseline! with { Level = median, Deviation = deviation, Readings = readings, RunLevel = Baseline.RunLevel ?? runLevel, Demand = null, At = reading.Timestamp }, null);
        return true;
    }

    /// <summary>Learns from a stored reading after a restart.</summary>
    /// <returns>True when there are enough readings.</returns>
    public bool Recall(Reading reading)
    {
        if (Learner is null || Baseline is not { IsLearning: true } || reading.Timestamp < Baseline.At
            || !VibrationUnit.TryConvert(reading.Level, reading.Unit, Baseline.Unit, out var level))
            return false;
        if (IsRunning(reading))
            return Learner.Add(reading.Timestamp, level);
        Learner.Skip(reading.Timestamp);
        return false;
    }

    /// <summary>True unless the machine is known to stand still at a reading, or its level is zero.</summary>
    public bool IsRunning(Reading reading) =>
        Watch.IsRunning(reading.Level, Machine?.History.At(reading.Timestamp).Runs ?? true)
        && !(Baseline?.RunLevel is { } level && VibrationUnit.TryConvert(level, Baseline.Unit, reading.Unit, out var own) && reading.Level <= own)
        && !(reading.Level <= RunLevel?.In(reading.Unit));

    /// <summary>Baseline and thresholds for its next reading.</summary>
    public LimitsInForce LimitsNow() => new(Latest.Unit, BaselineOf(Latest), [.. Watch.Rules.SelectMany(rule => rule.LevelThresholds())]);

    /// <summary>Its details, for the live view.</summary>
    public SensorDetails Details() => new(
        Labels, Baseline, Learner?.Progress, Machine?.History.Latest, Watch.Evaluation, Watch.IsOutOfService, ShownOffset, ShowsQuality ? NotGoodSince : null, Quality,
        Watch.IsCriticalUnconfirmed, RunLevel, Sender?.Name);

    /// <summary>The baseline in force for a reading, in its unit; 0 when unknown.</summary>
    public double BaselineOf(Reading reading) => BaselineOf(Baseline, reading);

    /// <inheritdoc cref="BaselineOf(Reading)"/>
    public static double BaselineOf(Baseline? baseline, Reading reading) => baseline is not { Level: { } level, Unit: var unit } ? reading.Baseline
        : VibrationUnit.TryConvert(level, unit, reading.Unit, out var converted) && double.IsFinite(converted) ? converted
        : 0;

    /// <summary>
    /// Readings in the unit of the latest one, for its rules: converted where they were sent in another, left out where that is impossible. Neither a
    /// window nor a count then mixes units.
    /// </summary>
    public IEnumerable<Reading> InUnit(IEnumerable<Reading> readings)
    {
        var unit = Latest.Unit;
        return readings.Select(reading => reading.In(unit)).OfType<Reading>();
    }
}
