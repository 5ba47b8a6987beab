using VibeDash.Core.Alerts;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Tests.Alerts;

/// <summary>A sensor whose machine reports whether it runs.</summary>
internal sealed class Machined(AlertRule[] rules)
{
    private MachineHistory _history = MachineHistory.Empty;

    /// <summary>A sensor whose only rule is gated by the reported machine state.</summary>
    public Machined(AlertRule rule)
        : this([rule.GatedByState()])
    {
    }

    public Watched Watched { get; } = new(rules);

    public AlertState State => Watched.State;

    /// <summary>A state of a time after the latest reading.</summary>
    public Machined Says(double seconds, bool runs)
    {
        _history = _history.With(Watched.At(seconds), runs);
        Watched.Watch.Follow(_history, Watched.At(seconds), Watched.Writer);
        return this;
    }

    /// <summary>A state of a time before the latest reading.</summary>
    public Machined SaysLate(double seconds, bool runs)
    {
        Says(seconds, runs);
        for (var i = 0; i < Watched.Readings.Count; i++)
            Watched.Readings[i] = Evaluated(Watched.Readings[i]);
        Watched.Reevaluate(Watched.At(seconds));
        return this;
    }

    public Machined Sees(double seconds, double level)
    {
        Watched.Sees(Evaluated(Watched.Reading(seconds, level)));
        return this;
    }

    public Machined SeesLate(double seconds, double level)
    {
        Watched.SeesLate(Evaluated(Watched.Reading(seconds, level)));
        return this;
    }

    public Machined IsSilentUntil(double seconds)
    {
        Watched.IsSilentUntil(seconds);
        return this;
    }

    public void Restarts()
    {
        Watched.Restarts();
        Watched.Watch.Resume(_history);
    }

    private EvaluatedReading Evaluated(EvaluatedReading reading)
    {
        var machine = _history.At(reading.Reading.Timestamp);
        return reading with { MachineRuns = machine.Runs, MachineSince = machine.Since };
    }
}
