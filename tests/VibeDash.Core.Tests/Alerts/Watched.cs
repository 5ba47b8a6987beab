using System.Collections.Immutable;
using VibeDash.Core.Alerts;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Tests.Alerts;

/// <summary>A sensor in m/s² with baseline 1 and one reading per second, and the journal of its watch.</summary>
internal sealed class Watched
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly SensorRule[] _rules;

    public Watched(params AlertRule[] rules)
        : this([.. rules.Select(rule => new SensorRule(rule, "m/s²"))], "VB-1")
    {
    }

    public Watched(SensorRule[] rules, string sensorId)
    {
        (_rules, SensorId) = (rules, sensorId);
        Watch = new(sensorId, rules, []);
    }

    public string SensorId { get; }

    public SensorWatch Watch { get; private set; }

    public JournalNumbers Numbers { get; init; } = new(0, 0);

    public List<AlertChange> Journal { get; init; } = [];

    /// <summary>Writes into <see cref="Journal"/>.</summary>
    public JournalWriter Writer => field ??= new(Numbers, Journal);

    public List<EvaluatedReading> Readings { get; } = [];

    /// <summary>The open alert, of which there is one.</summary>
    public Alert Alert => Watch.Alerts.ShouldHaveSingleItem();

    /// <summary>State of the open alert, or a text when there is none.</summary>
    public AlertState State => Watch.Alerts.IsEmpty ? AlertState.Normal : Alert.State;

    public IEnumerable<AlertTrigger> Triggers => Journal.Select(change => change.Transition.Trigger);

    public IEnumerable<(AlertTrigger Trigger, AlertState To)> Moves => Journal.Select(change => (change.Transition.Trigger, change.Transition.To));

    /// <summary>Journal entries with their seconds from the start.</summary>
    public IEnumerable<(AlertTrigger Trigger, double Seconds)> Times => Journal.Select(change => (change.Transition.Trigger, Seconds(change.Transition.At)));

    public static DateTimeOffset At(double seconds) => Start.AddSeconds(seconds);

    public static double Seconds(DateTimeOffset at) => (at - Start).TotalSeconds;

    public static EvaluatedReading Reading(double seconds, double level, double baseline = 1) =>
        new(new Reading("VB-1", At(seconds), FormattableString.Invariant($"event-{seconds}"), level, baseline, "m/s²"), baseline);

    public Watched Sees(params double[] levels)
    {
        foreach (var level in levels)
            Sees(Reading(Readings.Count, level));
        return this;
    }

    /// <summary>The next reading; no reading before it was missed.</summary>
    public Watched Sees(EvaluatedReading reading, bool gapIsCertain = true)
    {
        Readings.Add(reading);
        Watch.Evaluate(reading, gapIsCertain, Writer);
        return this;
    }

    /// <summary>A late-arriving reading.</summary>
    public Watched SeesLate(params EvaluatedReading[] late)
    {
        Readings.AddRange(late);
        Reevaluate(late.Min(reading => reading.Reading.Timestamp));
        return this;
    }

    public void Reevaluate(DateTimeOffset from)
    {
        Readings.Sort((one, other) => one.Reading.Timestamp.CompareTo(other.Reading.Timestamp));
        Watch.Reevaluate(Readings, from, Spans.Of(Journal.Where(change => change.Alert.SensorId == SensorId)), Writer);
    }

    /// <summary>Resumes as after a restart, from the open alerts and the readings.</summary>
    public Watched Restarts(bool isOutOfService = false)
    {
        Watch = new(SensorId, _rules, [.. Watch.Alerts], isOutOfService);
        foreach (var change in Journal)
            Watch.Recall(change.Alert.Kind, change.Transition);
        foreach (var reading in Readings)
            Watch.Count(reading);
        return this;
    }

    public Alert? Does(AlertTransition draft) => Watch.Append(Alert, draft, Writer);

    public Alert? Acknowledges(DateTimeOffset? until = null) =>
        Does(AlertTransition.Draft(AlertTrigger.Acknowledged, Now) with { By = "Ada", Until = until });

    public Alert? Shelves(ConditionKind kind, DateTimeOffset until) =>
        Watch.Shelve(kind, AlertTransition.Draft(AlertTrigger.Shelved, Now) with { By = "Ada", Note = "repair", Until = until }, Writer);

    /// <summary>Time of the latest reading.</summary>
    public DateTimeOffset Now => Readings.Count == 0 ? Start : Readings[^1].Reading.Timestamp;

    public Watched TimeIs(double seconds)
    {
        Watch.EndExpired(At(seconds), Writer);
        return this;
    }

    public Watched IsSilentUntil(double seconds) => IsSilentUntil(seconds, SilenceOutages.None);

    /// <summary>With outages, of so many seconds in all and the last of them so many seconds ago.</summary>
    public Watched IsSilentUntil(double seconds, double missed, double since) =>
        IsSilentUntil(seconds, new(TimeSpan.FromSeconds(missed), TimeSpan.FromSeconds(since)));

    /// <summary>Sends changes only: silent with its sender or, reported offline, since then.</summary>
    public Watched IsSilentUntil(double seconds, Sender sender, double? offlineSince = null)
    {
        Watch.EvaluateSilence(sender, offlineSince is { } since ? At(since) : sender.HeardAt, offlineSince is not null, At(seconds), SilenceOutages.None, Writer);
        return this;
    }

    private Watched IsSilentUntil(double seconds, SilenceOutages outages)
    {
        Watch.EvaluateSilence(At(seconds), outages, Writer);
        return this;
    }
}
