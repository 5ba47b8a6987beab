using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Notes;
using VibeDash.Core.Readings;
using VibeDash.Core.Trends;

namespace VibeDash.Core.Tests.Contract;

/// <summary>Messages of the wire contract with every field filled.</summary>
internal static class Example
{
    public static readonly DateTimeOffset Time = new(2026, 3, 1, 12, 0, 0, 250, TimeSpan.Zero);

    public static readonly SensorFacts Facts = new("Motor Assembly Line B, Conveyor Unit 4", "VibroMonitor Pro X1", new(2023, 6, 15), "VibrationSensor", "v1.2");

    public static readonly ServerStatus Status = new(
        "0.1.0", BrokerState.Connected, "127.0.0.1:1883", "fine", true, "mosquitto_pub -t sensors/VB-1/vibration", 5, 4, 3, 2, "the disk is full", 7);

    // Uses the list type that JSON deserialisation creates, because objects are compared with their types.
    public static readonly AlertRule[] Rules = [.. AlertRule.Defaults.Select(rule => rule with { Tiers = rule.Tiers.ToList() })];

    public static readonly DeadLetter Letter = new(
        1, Time, "sensors/x", RejectionReason.InvalidTimestamp, "timestamp is not ISO 8601.", "{}", 2, true, 1, Time.AddMinutes(1));

    public static readonly Note Note = new(1, "VB-1", Time, Time.AddHours(1), NoteKind.MaintenanceDone, "Bearing replaced", "Ada", Time)
    {
        Version = 2, ChangedBy = "Bob", ChangedAt = Time.AddDays(1),
    };

    public static SensorSnapshot Sensor(string id = "VB-1", long sequence = 10, double level = 1) =>
        new(id, Facts, "m/s²", sequence, Time, level, 4, [new(Time.ToUnixTimeMilliseconds(), level)]);

    public static SensorTick Tick(string id = "VB-1", long sequence = 11, int count = 1, double level = 2) =>
        new(id, sequence, count, Time.AddSeconds(sequence), level, level - 0.5, level + 1, level, 4);

    /// <summary>An alert of a state, with every field filled.</summary>
    public static Alert Alert(long id = 1, AlertState state = AlertState.Unacknowledged, Severity severity = Severity.Critical) =>
        new(id, "VB-1", ConditionKind.BaselineMultiple)
        {
            Facts = FactsOf(state),
            RuleId = 2,
            RuleVersion = 3,
            RuleName = "Level above 3 × baseline",
            Severity = severity,
            Level = 12.5,
            Threshold = 12,
            PeakLevel = 13.5,
            Unit = "m/s²",
            Since = Time,
            RaisedAt = Time,
            Raises = 2,
            FirstSince = Time.AddHours(-2),
            FirstRaisedAt = Time.AddHours(-1),
            PreviousClearedAt = Time.AddMinutes(-30),
            ClearedAt = Time.AddMinutes(2),
            ClearCause = AlertCause.Of(TransitionCause.RuleGone),
            ClearedBy = "Ada",
            EndedAt = Time.AddMinutes(3),
            Message = "Inspect.",
            CalibrationAgeDays = 990,
            Acknowledgement = new("Ada", Time.AddMinutes(1), "bearing ordered", Time.AddDays(1), 12.5),
            Shelving = new("Ada", Time.AddMinutes(1), "repair", Time.AddHours(1)),
            Owner = "Grace",
            IsBackfilled = true,
        };

    public static AlertChange Change(long position, long alertId = 1, AlertState to = AlertState.Unacknowledged) => new(
        new(position, alertId, AlertTrigger.Raised, AlertState.Normal, to, Time)
        {
            Evaluation = new(2, 3, "Level above 3 × baseline", Severity.Critical, 12.5, 12, "m/s²", Time, 990),
            By = "Ada",
            Note = "bearing ordered",
            Cause = AlertCause.Of(TransitionCause.MuchWorse, 5, "m/s²", 4, 0.25),
            Owner = "Grace",
            Until = Time.AddDays(1),
            Level = 12.5,
            IsBackfilled = true,
        },
        Alert(alertId, to));

    public static FleetSnapshot Fleet(long journalPosition = 5, params Alert[] open) =>
        new(Time, journalPosition, [Sensor("VB-1"), Sensor("VB-2")], open, Status);

    private static AlertFacts FactsOf(AlertState state) => state switch
    {
        AlertState.Normal => AlertFacts.Normal,
        AlertState.Unacknowledged => new(IsActive: true, IsAcknowledged: false),
        AlertState.ReturnedUnacknowledged => new(IsActive: false, IsAcknowledged: false),
        AlertState.Acknowledged => new(IsActive: true, IsAcknowledged: true),
        AlertState.Shelved => new(IsActive: true, IsAcknowledged: false, IsShelved: true),
        AlertState.SuppressedByDesign => new(IsActive: true, IsAcknowledged: false, IsSuppressed: true),
        _ => new(IsActive: true, IsAcknowledged: false, IsOutOfService: true),
    };
}
