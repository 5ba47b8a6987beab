using VibeDash.Core.Alerts;
using VibeDash.Core.Live;

namespace VibeDash.Client.Ui;

/// <summary>The condition of a sensor.</summary>
/// <param name="Sensor">The sensor.</param>
/// <param name="Condition">Its most severe condition.</param>
/// <param name="Acknowledged">True when all its open alerts are acknowledged.</param>
/// <param name="Silence">Independent of alerts: <see cref="SensorCondition.Offline"/>, <see cref="SensorCondition.Stale"/>, or null when it is not silent.</param>
public readonly record struct SensorStatus(SensorView Sensor, SensorCondition Condition, bool Acknowledged, SensorCondition? Silence)
{
    /// <summary>Determines the condition of <paramref name="sensor"/>.</summary>
    /// <param name="sensor">The sensor.</param>
    /// <param name="openAlerts">Its open alerts.</param>
    /// <param name="now">The server's clock.</param>
    public static SensorStatus Of(SensorView sensor, IEnumerable<Alert> openAlerts, DateTimeOffset now)
    {
        Severity? worst = null;
        var acknowledged = true;
        foreach (var alert in openAlerts)
        {
            // Cleared, shelved and suppressed alerts do not affect the condition.
            if (alert.State is not (AlertState.Unacknowledged or AlertState.Acknowledged))
                continue;
            worst = worst is null || alert.Severity > worst ? alert.Severity : worst;
            acknowledged &= alert.State == AlertState.Acknowledged;
        }

        // Offline is known at once, stale only after a while.
        SensorCondition? silence = sensor.OfflineSince is not null ? SensorCondition.Offline : sensor.IsStale(now) ? SensorCondition.Stale : null;
        var condition = worst switch
        {
            Severity.Critical => SensorCondition.Critical,
            Severity.Warning => SensorCondition.Warning,
            Severity.Advisory => SensorCondition.Advisory,
            _ => silence ?? SensorCondition.Normal,
        };
        return new(sensor, condition, worst is not null && acknowledged, silence);
    }
}
