using VibeDash.Core.Alerts;
using VibeDash.Core.Readings;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Pipeline;

/// <summary>State of a sensor in the event loop. Owned by the event loop, which reloads it from the database after a failed transaction.</summary>
/// <param name="stored">The sensor in the storage.</param>
/// <param name="facts">Facts of its latest event.</param>
/// <param name="latest">Its newest reading that is not ahead of its clock.</param>
internal sealed class SensorState(StoredSensor stored, SensorFacts facts, Reading latest)
{
    /// <summary>The sensor in the storage.</summary>
    public StoredSensor Stored => stored;

    /// <summary>Its id.</summary>
    public string SensorId => stored.SensorId;

    /// <summary>Facts of its latest event.</summary>
    public SensorFacts Facts { get; set; } = facts;

    /// <summary>Its newest reading that is not ahead of its clock; its only one may be.</summary>
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

    /// <summary><see cref="Lead"/> as shown: smaller changes than the tolerance are not worth a message.</summary>
    public TimeSpan ShownLead { get; set; }

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
    public BaselineLearner? Learner { get; set; }

    /// <summary>Server time of its last arrival; after a restart that of its latest reading, as far as its clock is right.</summary>
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
        return new(reading, BaselineOf(reading), Facts.CalibrationDate, machine.Runs, machine.Since, message, isNew ? Lead.TotalSeconds : double.NaN);
    }

    /// <summary>Learns from a reading if the baseline is being learned and the machine runs.</summary>
    /// <returns>True when this completes the baseline.</returns>
    public bool Learn(Reading reading)
    {
        if (Learner is null || Baseline is not { IsLearning: true } || reading.Timestamp < Baseline.At || reading.Unit != Baseline.Unit
            || !Watch.IsRunning(reading.Level, Machine?.History.At(reading.Timestamp).Runs ?? true) || !Learner.Add(reading.Timestamp, reading.Level))
            return false;

        var (median, deviation) = Learner.Result();
        (Baseline, Learner) = (Baseline with { Level = median, Deviation = deviation, At = reading.Timestamp }, null);
        return true;
    }

    /// <summary>Its details, for the live view.</summary>
    public SensorDetails Details() => new(Labels, Baseline, Learner?.Count, Machine?.History.Latest, Watch.Evaluation, Watch.IsOutOfService, ShownLead, Sender?.Name);

    /// <summary>The baseline in force for a reading, in its unit; 0 when unknown.</summary>
    public double BaselineOf(Reading reading) => Baseline is not { Level: { } level, Unit: var unit } ? reading.Baseline
        : unit == reading.Unit ? level
        : VibrationUnit.TryParse(unit, out var known) && VibrationUnit.TryParse(reading.Unit, out var other) && known.TryConvert(level, other, out var converted) && double.IsFinite(converted) ? converted
        : 0;
}
