using System.Diagnostics.CodeAnalysis;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Readings;
using VibeDash.Core.Trends;

namespace VibeDash.Core.Live;

/// <summary>A browser's view of one sensor: a snapshot merged with ticks. Not thread-safe.</summary>
public sealed class SensorView
{
    /// <summary>Starts from <paramref name="snapshot"/>.</summary>
    public SensorView(SensorSnapshot snapshot)
    {
        (SensorId, Facts, Unit) = (snapshot.SensorId, snapshot.Facts, snapshot.Unit);
        Location = Location.Parse(snapshot.Facts.Location);
        Take(snapshot);
    }

    /// <summary>The sensor.</summary>
    public string SensorId { get; }

    /// <summary>Location, model, calibration.</summary>
    public SensorFacts Facts { get; }

    /// <summary>Place and machine.</summary>
    public Location Location { get; }

    /// <summary>Unit of the levels.</summary>
    public string Unit { get; }

    /// <summary>Increases with every change of this view.</summary>
    public long Version { get; private set; }

    /// <summary>Number of the last tick merged.</summary>
    public long Sequence { get; private set; }

    /// <summary>Event time of the latest reading.</summary>
    public DateTimeOffset Timestamp { get; private set; }

    /// <summary>Level of the latest reading.</summary>
    public double Level { get; private set; }

    /// <summary>Baseline of the latest reading.</summary>
    public double Baseline { get; private set; }

    /// <summary>Start of the offline time reported by its broker or gateway; null when it is online or has sent a newer reading.</summary>
    public DateTimeOffset? OfflineSince { get; private set; }

    /// <summary>Its labels.</summary>
    public IReadOnlyList<string> Labels { get; private set; }

    /// <summary>Its baseline; null when the one it sends is in force.</summary>
    public Baseline? BaselineInForce { get; private set; }

    /// <summary>How far its baseline is learned; null when none is being learned.</summary>
    public LearningProgress? Learning { get; private set; }

    /// <summary>The level above which its machine runs; null when none was set.</summary>
    public RunLevel? RunLevel { get; private set; }

    /// <summary>Reported state of its machine; null when none is reported.</summary>
    public MachineState? Machine { get; private set; }

    /// <summary>How far its clock is ahead of the server's, in seconds, or negative how far behind; null when it is on time.</summary>
    public double? ClockOffsetSeconds { get; private set; }

    /// <summary>True when the latest reading of the snapshot contradicted itself: <see cref="Reading.IsSuspect"/>.</summary>
    public bool IsSuspect { get; private set; }

    /// <summary>Event time since which none of its readings was good; null when one was lately.</summary>
    public DateTimeOffset? NotGoodSince { get; private set; }

    /// <summary>Quality of the reading at that time.</summary>
    public ReadingQuality Quality { get; private set; }

    /// <summary>False while no reading of it was good.</summary>
    public bool HasLevel => !(NotGoodSince <= Timestamp);

    /// <summary>Whether rules compare its level with thresholds.</summary>
    public LevelEvaluation Evaluation { get; private set; }

    /// <summary>True when a rule compared the latest level with a threshold.</summary>
    public bool IsEvaluated => Evaluation == LevelEvaluation.Always || (Evaluation == LevelEvaluation.WithBaseline && Baseline > 0);

    /// <summary>True when its latest level is above the threshold of Critical, without an alert yet: its on-delay is not over.</summary>
    public bool IsCriticalUnconfirmed { get; private set; }

    /// <summary>True when it, or its machine, is out of service.</summary>
    public bool IsOutOfService { get; private set; }

    /// <summary>Name of what sends for it, if it sends changes only: it is silent with its sender; else null.</summary>
    public string? Sender { get; private set; }

    /// <summary>The latest levels.</summary>
    public Sparkline Sparkline { get; private set; }

    /// <summary>Direction of the latest levels.</summary>
    public TrendDirection Direction => Sparkline.Direction(Baseline);

    /// <summary>True when the silence of the sensor is longer than its cadence, and a clock that is behind, explain; never when it sends changes only.</summary>
    /// <param name="now">Server time.</param>
    public bool IsStale(DateTimeOffset now)
    {
        // Called for every sensor on every rendering: skips the cadence for a recent reading.
        var age = now - Timestamp - TimeSpan.FromSeconds(ClockOffsetSeconds < 0 ? -ClockOffsetSeconds.Value : 0);
        return Sender is null && age > Sparkline.LeastStaleAfter && age > Sparkline.StaleAfter();
    }

    /// <summary>Merges a tick.</summary>
    /// <returns>False when earlier readings were missed; the tick is merged anyway.</returns>
    public bool Apply(SensorTick tick)
    {
        if (tick.Sequence <= Sequence)
            return true;

        var complete = tick.Sequence - tick.Count <= Sequence;
        Version++;
        (Sequence, Timestamp, Level, Baseline) = (tick.Sequence, tick.Timestamp, tick.Level, tick.Baseline);
        Sparkline.Add(tick.Timestamp, Sparkline.Farther(tick.Min, tick.Max));
        if (NotGoodSince <= tick.Timestamp)
            (NotGoodSince, Quality) = (null, ReadingQuality.Good);
        if (!SensorStatusChange.IsOffline(OfflineSince, tick.Timestamp))
            OfflineSince = null;
        return complete;
    }

    /// <summary>Merges a later snapshot.</summary>
    /// <returns>False when the sensor's facts or unit changed: create a new view.</returns>
    public bool Apply(SensorSnapshot snapshot)
    {
        if (snapshot.Facts != Facts || snapshot.Unit != Unit)
            return false;
        if (snapshot.Sequence >= Sequence)
            Take(snapshot);
        return true;
    }

    [MemberNotNull(nameof(Sparkline), nameof(Labels))]
    private void Take(SensorSnapshot snapshot)
    {
        Version++;
        (Sequence, Timestamp, Level, Baseline) = (snapshot.Sequence, snapshot.Timestamp, snapshot.Level, snapshot.Baseline);
        Sparkline = new Sparkline(snapshot.Sparkline);
        OfflineSince = snapshot.OfflineSince;
        (Labels, BaselineInForce, Learning, IsSuspect, Machine) = (snapshot.Labels ?? [], snapshot.BaselineInForce, snapshot.Learning, snapshot.IsSuspect, snapshot.Machine);
        (NotGoodSince, Quality, RunLevel, Sender) = (snapshot.NotGoodSince, snapshot.Quality, snapshot.RunLevel, snapshot.Sender);
        (Evaluation, IsOutOfService, ClockOffsetSeconds, IsCriticalUnconfirmed) = (snapshot.Evaluation, snapshot.IsOutOfService, snapshot.ClockOffsetSeconds, snapshot.IsCriticalUnconfirmed);
    }
}
