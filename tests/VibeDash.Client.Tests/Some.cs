using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Notes;
using VibeDash.Core.Readings;
using VibeDash.Core.Trends;

namespace VibeDash.Client.Tests;

/// <summary>Values for tests; only the relevant ones need to be named.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Time = new(2026, 3, 1, 3, 0, 0, TimeSpan.Zero);

    public static SensorSnapshot Sensor(
        string id = "VB-1",
        string location = "Line B, Conveyor 4",
        double level = 4.1,
        double baseline = 4.0,
        long sequence = 5,
        DateTimeOffset? at = null,
        DateTimeOffset? offlineSince = null) =>
        new(id, new SensorFacts(location, "VibroMonitor Pro X1", new DateOnly(2025, 6, 15), null, null), "m/s²", sequence, at ?? Time, level, baseline, [], offlineSince);

    public static SensorTick Tick(string id = "VB-1", long sequence = 6, double level = 7.77, int count = 1, DateTimeOffset? at = null) =>
        new(id, sequence, count, at ?? Time.AddSeconds(1), level, level, level, level, 4.0);

    public static Alert Alert(
        long id = 1,
        string sensor = "VB-1",
        Severity severity = Severity.Critical,
        AlertState state = AlertState.Unacknowledged,
        double level = 12.5,
        ConditionKind kind = ConditionKind.BaselineMultiple) =>
        new(id, sensor, kind)
        {
            Facts = Facts(state),
            RuleId = 1,
            RuleVersion = 3,
            RuleName = "Level against baseline",
            Severity = severity,
            Level = level,
            PeakLevel = level,
            Threshold = 12.0,
            Unit = "m/s²",
            Since = Time.AddMinutes(-5),
            RaisedAt = Time.AddMinutes(-5),
            Raises = 1,
            FirstSince = Time.AddMinutes(-5),
            FirstRaisedAt = Time.AddMinutes(-5),
            Acknowledgement = state is AlertState.Acknowledged or AlertState.Normal ? new("M. Okafor", Time.AddMinutes(-1), null, null, level) : null,
            Shelving = state == AlertState.Shelved ? new("M. Okafor", Time.AddMinutes(-1), "Waiting for the spare", Time.AddMinutes(59)) : null,
            ClearedAt = state is AlertState.Normal or AlertState.ReturnedUnacknowledged ? Time : null,
            EndedAt = state == AlertState.Normal ? Time : null,
        };

    public static AlertFacts Facts(AlertState state) => state switch
    {
        AlertState.Unacknowledged => new(IsActive: true, IsAcknowledged: false),
        AlertState.ReturnedUnacknowledged => new(IsActive: false, IsAcknowledged: false),
        AlertState.Acknowledged => new(IsActive: true, IsAcknowledged: true),
        AlertState.Shelved => new(IsActive: true, IsAcknowledged: false, IsShelved: true),
        AlertState.SuppressedByDesign => new(IsActive: true, IsAcknowledged: false, IsSuppressed: true),
        AlertState.OutOfService => new(IsActive: true, IsAcknowledged: false, IsOutOfService: true),
        _ => AlertFacts.Normal,
    };

    public static AlertTransition Transition(
        long position, Alert alert, AlertTrigger? trigger = null, AlertState from = AlertState.Normal, double? level = null, string? by = null, string? note = null) =>
        new(position, alert.Id, trigger ?? Trigger(alert.State), from, alert.State, Time)
        {
            By = by,
            Note = note,
            Evaluation = level is { } found
                ? new(alert.RuleId, alert.RuleVersion, alert.RuleName, alert.Severity, found, alert.Threshold, alert.Unit, Time.AddMinutes(-1), CalibrationAgeDays: 259)
                : null,
        };

    public static AlertChange Change(long position, Alert alert, AlertTrigger? trigger = null) => new(Transition(position, alert, trigger), alert);

    public static readonly Actor Ada = new("Ada");

    /// <summary>An answer with a value.</summary>
    public static Answer<T> Done<T>(T value)
        where T : class => value;

    /// <summary>An answer that is a refusal.</summary>
    public static Answer<T> Refused<T>(RefusalCode code, params object[] arguments)
        where T : class => Refusal.Of(code, arguments);

    public static ServerStatus Status(BrokerState broker = BrokerState.Connected, string? detail = null, string? storageFault = null, long rejected = 0, int deadLetters = 0) =>
        new("0.1.0", broker, "plant.local:1883", detail, EmbeddedBroker: true, "mosquitto_pub -h plant.local -t x -m '{\"unit\":\"m/s²\"}'", 0, 0, 0, rejected, storageFault, deadLetters);

    public static FleetSnapshot Fleet(SensorSnapshot[]? sensors = null, Alert[]? alerts = null, long journal = 0, ServerStatus? status = null, DateTimeOffset? at = null) =>
        new(at ?? Time, journal, sensors ?? [Sensor()], alerts ?? [], status ?? Status());

    public static TrendHistory History(DateTimeOffset from, DateTimeOffset to, long sequence = 5, Alert[]? alerts = null, params TrendBucket[] buckets) =>
        new("VB-1", from, to, BucketWidth.For(to - from, 300), sequence, buckets, alerts ?? []) { Spans = [.. (alerts ?? []).Select(AlertSpan.Of).OfType<AlertSpan>()] };

    public static Note Note(long id = 1, NoteKind kind = NoteKind.Remark, DateTimeOffset? from = null, DateTimeOffset? to = null, string text = "Bearing replaced", string by = "Grace") =>
        new(id, "VB-1", from ?? Time.AddHours(-1), to, kind, text, by, Time.AddMinutes(-30));

    private static AlertTrigger Trigger(AlertState state) => state switch
    {
        AlertState.Unacknowledged => AlertTrigger.Raised,
        AlertState.Acknowledged => AlertTrigger.Acknowledged,
        AlertState.Shelved => AlertTrigger.Shelved,
        AlertState.SuppressedByDesign => AlertTrigger.Suppressed,
        AlertState.OutOfService => AlertTrigger.TakenOutOfService,
        _ => AlertTrigger.Cleared,
    };
}
