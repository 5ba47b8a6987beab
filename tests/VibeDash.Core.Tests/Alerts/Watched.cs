using System.Collections.Immutable;
using VibeDash.Core.Alerts;
using VibeDash.Core.Sensors;

namespace VibeDash.Core.Tests.Alerts;

/// <summary>A sensor with baseline 1 whose readings come a second apart, and everything the evaluator said about them.</summary>
internal sealed class Watched(params AlertRule[] rules)
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public ImmutableArray<Alert> Alerts { get; set; } = [];

    public JournalNumbers Numbers { get; set; } = new(0, 0);

    public List<AlertChange> Journal { get; } = [];

    public int Readings { get; set; }

    public static AlertRule Warning(int hold = 3, int id = 1) => new(id, 1, "Warning", Severity.Warning, 2.0, 1.5, hold);

    public static AlertRule Critical(int hold = 1, int id = 2) => new(id, 1, "Critical", Severity.Critical, 3.0, 2.5, hold);

    public static DateTimeOffset At(int reading) => Start.AddSeconds(reading);

    public Watched Sees(params double[] levels)
    {
        foreach (var level in levels)
            Sees(level, baseline: 1, message: null);
        return this;
    }

    public Watched Sees(double level, double baseline, string? message)
    {
        var reading = new Reading("VB-1", At(Readings), $"event-{Readings}", level, baseline, "m/s²");
        Readings++;
        Alerts = AlertEvaluator.Evaluate(Alerts, reading, message, rules, Numbers, Journal);
        return this;
    }

    public bool Acknowledge(string by = "Ada", string? note = null)
    {
        var change = AlertEvaluator.Acknowledge(Alerts[0], new(by, note), Start.AddHours(1), Numbers);
        if (change is null)
            return false;
        Journal.Add(change);
        Alerts = Alerts.SetItem(0, change.Alert);
        return true;
    }

    public IEnumerable<(AlertState From, AlertState To)> Moves => Journal.Select(change => (change.Transition.From, change.Transition.To));
}
