using System.Diagnostics.CodeAnalysis;
using VibeDash.Core.Contract;
using VibeDash.Core.Readings;
using VibeDash.Core.Trends;

namespace VibeDash.Core.Live;

/// <summary>A browser's picture of one sensor: a snapshot with ticks merged in. Not thread-safe.</summary>
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

    /// <summary>Changes with every change of this picture.</summary>
    public long Version { get; private set; }

    /// <summary>Number of the last tick merged.</summary>
    public long Sequence { get; private set; }

    /// <summary>Event time of the latest reading.</summary>
    public DateTimeOffset Timestamp { get; private set; }

    /// <summary>Level of the latest reading.</summary>
    public double Level { get; private set; }

    /// <summary>Baseline of the latest reading.</summary>
    public double Baseline { get; private set; }

    /// <summary>Since when its broker or gateway says that it cannot be reached; null when it can, or has sent a newer reading.</summary>
    public DateTimeOffset? OfflineSince { get; private set; }

    /// <summary>Its labels.</summary>
    public IReadOnlyList<string> Labels { get; private set; }

    /// <summary>Where its baseline comes from, when it is not the one it sends.</summary>
    public Baseline? BaselineInForce { get; private set; }

    /// <summary>While the baseline is being learned: from how many readings so far.</summary>
    public int? Learned { get; private set; }

    /// <summary>Whether its machine runs, by what is said of it; null when nothing has been said.</summary>
    public MachineState? Machine { get; private set; }

    /// <summary>True when the latest reading at the time of the snapshot contradicted itself: <see cref="Reading.IsSuspect"/>.</summary>
    public bool IsSuspect { get; private set; }

    /// <summary>The latest levels.</summary>
    public Sparkline Sparkline { get; private set; }

    /// <summary>Which way the level has been moving.</summary>
    public TrendDirection Direction => Sparkline.Direction(Baseline);

    /// <summary>True when the sensor has been silent for longer than its cadence explains.</summary>
    /// <param name="now">The server's clock.</param>
    public bool IsStale(DateTimeOffset now)
    {
        // Asked for every sensor at every drawing; a fresh one needs no look at its cadence.
        var age = now - Timestamp;
        return age > Sparkline.LeastStaleAfter && age > Sparkline.StaleAfter();
    }

    /// <summary>Merges a tick.</summary>
    /// <returns>False when readings before it were missed; the tick is merged all the same.</returns>
    public bool Apply(SensorTick tick)
    {
        if (tick.Sequence <= Sequence)
            return true;

        var complete = tick.Sequence - tick.Count <= Sequence;
        Version++;
        (Sequence, Timestamp, Level, Baseline) = (tick.Sequence, tick.Timestamp, tick.Level, tick.Baseline);
        Sparkline.Add(tick.Timestamp, tick.Max);
        if (!SensorStatusChange.IsOffline(OfflineSince, tick.Timestamp))
            OfflineSince = null;
        return complete;
    }

    /// <summary>Merges a later snapshot.</summary>
    /// <returns>False when the sensor's facts or unit have changed: it needs another picture.</returns>
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
        (Labels, BaselineInForce, Learned, IsSuspect, Machine) = (snapshot.Labels ?? [], snapshot.BaselineInForce, snapshot.Learned, snapshot.IsSuspect, snapshot.Machine);
    }
}
