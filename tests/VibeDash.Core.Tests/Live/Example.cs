using VibeDash.Core.Alerts;
using VibeDash.Core.Live;
using VibeDash.Core.Sensors;
using VibeDash.Core.Trends;

namespace VibeDash.Core.Tests.Live;

/// <summary>Messages of the wire contract with every field filled.</summary>
internal static class Example
{
    public static readonly DateTimeOffset Time = new(2026, 3, 1, 12, 0, 0, 250, TimeSpan.Zero);

    public static readonly SensorFacts Facts = new("Motor Assembly Line B, Conveyor Unit 4", "VibroMonitor Pro X1", new(2023, 6, 15), "VibrationSensor", "v1.2");

    public static readonly ServerStatus Status = new(
        "0.1.0", BrokerState.Connected, "127.0.0.1:1883", "fine", true, "mosquitto_pub -t sensors/VB-1/vibration", 5, 4, 3, 2, "the disk is full", 7);

    public static readonly DeadLetter Letter = new(
        1, Time, "sensors/x", RejectionReason.InvalidTimestamp, "timestamp is not ISO 8601.", "{}", 2, true, 1, Time.AddMinutes(1));

    public static SensorSnapshot Sensor(string id = "VB-1", long sequence = 10, double level = 1) =>
        new(id, Facts, "m/s²", sequence, Time, level, 4, [new(Time.ToUnixTimeMilliseconds(), level)]);

    public static SensorTick Tick(string id = "VB-1", long sequence = 11, int count = 1, double level = 2) =>
        new(id, sequence, count, Time.AddSeconds(sequence), level, level - 0.5, level + 1, level, 4);

    public static Alert Alert(long id = 1, AlertState state = AlertState.Active, Severity severity = Severity.Critical) =>
        new(id, "VB-1", 2, 3, "Level above 3 × baseline", severity, state, Time, 1, 12.5, 12, 13.5, "m/s²", "Inspect.")
        {
            RaisedAt = Time,
            AcknowledgedAt = Time.AddMinutes(1),
            AcknowledgedBy = "Ada",
            Note = "bearing ordered",
            ClearedAt = Time.AddMinutes(2),
        };

    public static AlertChange Change(long position, long alertId = 1, AlertState to = AlertState.Active) =>
        new(new(position, alertId, AlertState.Normal, to, Time, 12.5, "Ada", "bearing ordered"), Alert(alertId, to));

    public static FleetSnapshot Fleet(long journalPosition = 5, params Alert[] open) =>
        new(Time, journalPosition, [Sensor("VB-1"), Sensor("VB-2")], open, [.. AlertRule.Defaults], Status);
}
