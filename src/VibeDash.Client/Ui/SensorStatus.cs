using VibeDash.Core.Alerts;
using VibeDash.Core.Live;

namespace VibeDash.Client.Ui;

/// <summary>The condition of a sensor.</summary>
/// <param name="Sensor">The sensor.</param>
/// <param name="Condition">Its most severe condition.</param>
/// <param name="Acknowledged">True when all its open alerts are acknowledged.</param>
/// <param name="Silence">Independent of alerts: <see cref="SensorCondition.Offline"/>, <see cref="SensorCondition.Stale"/>, or null when it is not silent.</param>
/// <param name="SetAside">Independent of alerts: <see cref="SensorCondition.OutOfService"/>, <see cref="SensorCondition.Shelved"/>, or null for neither.</param>
/// <param name="IsEvaluated">False when no rule compares its level with a threshold.</param>
public readonly record struct SensorStatus(
    SensorView Sensor, SensorCondition Condition, bool Acknowledged, SensorCondition? Silence, SensorCondition? SetAside, bool IsEvaluated)
{
    /// <summary>All conditions that hold, the most severe first.</summary>
    public IEnumerable<SensorCondition> Conditions
    {
        get
        {
            yield return Condition;
            if (Silence is { } silence && silence != Condition)
                yield return silence;
            if (!IsEvaluated && Condition != SensorCondition.NotEvaluated)
                yield return SensorCondition.NotEvaluated;
            if (SetAside is { } aside && aside != Condition)
                yield return aside;
        }
    }

    /// <summary>Determines the condition of <paramref name="sensor"/>.</summary>
    /// <param name="sensor">The sensor.</param>
    /// <param name="openAlerts">Its open alerts.</param>
    /// <param name="now">The server's clock.</param>
    public static SensorStatus Of(SensorView sensor, IEnumerable<Alert> openAlerts, DateTimeOffset now)
    {
        Severity? worst = null;
        var acknowledged = true;
        var (shelved, stale) = (false, sensor.IsStale(now));
        foreach (var alert in openAlerts)
        {
            shelved |= alert.Facts.IsShelved;
            stale |= sensor.Sender is not null && alert is { Kind: ConditionKind.NoData, Facts.IsActive: true };

            // Cleared and suppressed alerts do not affect the condition.
            if (alert.State is not (AlertState.Unacknowledged or AlertState.Acknowledged))
                continue;
            worst = worst is null || alert.Severity > worst ? alert.Severity : worst;
            acknowledged &= alert.State == AlertState.Acknowledged;
        }

        // Offline is known at once, stale only after a while.
        SensorCondition? silence = sensor.OfflineSince is not null ? SensorCondition.Offline : stale ? SensorCondition.Stale : null;
        SensorCondition? aside = sensor.IsOutOfService ? SensorCondition.OutOfService : shelved ? SensorCondition.Shelved : null;
        var condition = worst switch
        {
            Severity.Critical => SensorCondition.Critical,
            Severity.Warning => SensorCondition.Warning,
            Severity.Advisory => SensorCondition.Advisory,
            _ => silence ?? (sensor.IsEvaluated ? aside ?? SensorCondition.Normal : SensorCondition.NotEvaluated),
        };
        return new(sensor, condition, worst is not null && acknowledged, silence, aside, sensor.IsEvaluated);
    }
}
