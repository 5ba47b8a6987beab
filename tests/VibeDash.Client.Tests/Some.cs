using VibeDash.Core.Alerts;
using VibeDash.Core.Live;
using VibeDash.Core.Sensors;
using VibeDash.Core.Trends;

namespace VibeDash.Client.Tests;

/// <summary>Values to test with; only what a test is about has to be named.</summary>
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
        AlertState state = AlertState.Active,
        double level = 12.5) =>
        new(id, sensor, (int)severity, 1, $"Rule for {severity}", severity, state, Time.AddMinutes(-5), 1, level, 12.0, level, "m/s²", null)
        {
            RaisedAt = Time.AddMinutes(-5),
            AcknowledgedAt = state == AlertState.Acknowledged ? Time.AddMinutes(-1) : null,
            AcknowledgedBy = state == AlertState.Acknowledged ? "M. Okafor" : null,
            ClearedAt = state == AlertState.Cleared ? Time : null,
        };

    public static AlertChange Change(long position, Alert alert) =>
        new(new AlertTransition(position, alert.Id, AlertState.Normal, alert.State, Time, alert.Level, alert.AcknowledgedBy, alert.Note), alert);

    public static ServerStatus Status(BrokerState broker = BrokerState.Connected, string? detail = null, string? storageFault = null, long rejected = 0, int deadLetters = 0) =>
        new("0.1.0", broker, "plant.local:1883", detail, EmbeddedBroker: true, "mosquitto_pub -h plant.local -t x -m '{\"unit\":\"m/s²\"}'", 0, 0, 0, rejected, storageFault, deadLetters);

    public static FleetSnapshot Fleet(SensorSnapshot[]? sensors = null, Alert[]? alerts = null, long journal = 0, ServerStatus? status = null, DateTimeOffset? at = null) =>
        new(at ?? Time, journal, sensors ?? [Sensor()], alerts ?? [], [.. AlertRule.Defaults], status ?? Status());

    public static TrendHistory History(DateTimeOffset from, DateTimeOffset to, long sequence = 5, Alert[]? alerts = null, params TrendBucket[] buckets) =>
        new("VB-1", from, to, BucketWidth.For(to - from, 300), sequence, buckets, alerts ?? []);
}
