using System.Numerics;
using VibeDash.Core.Alerts;
using VibeDash.Core.Live;
using VibeDash.Core.Readings;

namespace VibeDash.Client.Ui;

/// <summary>The conditions of a sensor. Equal for the same sensor with the same conditions.</summary>
public readonly record struct SensorStatus
{
    // A bit for each condition, so that a fleet is compared without allocations.
    private readonly uint _holding;

    private SensorStatus(SensorView sensor, uint holding, bool acknowledged) => (Sensor, _holding, Acknowledged) = (sensor, holding, acknowledged);

    /// <summary>The sensor.</summary>
    public SensorView Sensor { get; }

    /// <summary>True when all its open alerts are acknowledged, and no condition is more severe than theirs.</summary>
    public bool Acknowledged { get; }

    /// <summary>Its most severe condition; <see cref="SensorCondition.Normal"/> when no other holds.</summary>
    public SensorCondition Condition => Highest(_holding);

    /// <summary>All conditions that hold, the most severe first.</summary>
    public IEnumerable<SensorCondition> Conditions
    {
        get
        {
            yield return Condition;
            for (var rest = _holding & ~Bit(Condition); rest != 0; rest &= ~Bit(Highest(rest)))
                yield return Highest(rest);
        }
    }

    /// <summary>True when it is stale or offline, or no reading of it is good.</summary>
    public bool IsSilent => Holds(SensorCondition.Stale) || Holds(SensorCondition.BadQuality) || Holds(SensorCondition.Offline);

    /// <summary>True when this condition holds, whatever else does.</summary>
    public bool Holds(SensorCondition condition) => (_holding & Bit(condition)) != 0 || condition == Condition;

    /// <summary>Determines the conditions of <paramref name="sensor"/>.</summary>
    /// <param name="sensor">The sensor.</param>
    /// <param name="openAlerts">Its open alerts.</param>
    /// <param name="now">The server's clock.</param>
    public static SensorStatus Of(SensorView sensor, IEnumerable<Alert> openAlerts, DateTimeOffset now)
    {
        Severity? worst = null;
        var acknowledged = true;
        var stale = sensor.IsStale(now);
        uint holding = 0;
        foreach (var alert in openAlerts)
        {
            if (alert.Facts.IsShelved)
                holding |= Bit(SensorCondition.Shelved);
            stale |= sensor.Sender is not null && alert is { Kind: ConditionKind.NoData, Facts.IsActive: true };

            // Cleared and suppressed alerts do not affect the condition.
            if (alert.State is not (AlertState.Unacknowledged or AlertState.Acknowledged))
                continue;
            worst = worst is null || alert.Severity > worst ? alert.Severity : worst;
            acknowledged &= alert.State == AlertState.Acknowledged;
        }

        if (worst is { } severity)
            holding |= Bit(Of(severity));
        if (sensor.IsCriticalUnconfirmed && worst != Severity.Critical)
            (holding, acknowledged) = (holding | Bit(SensorCondition.CriticalUnconfirmed), false);

        // Offline is known at once, and that no reading was ever good; stale only after a while.
        if (sensor.OfflineSince is not null)
            holding |= Bit(SensorCondition.Offline);
        else if (!sensor.HasLevel)
            holding |= Bit(SensorCondition.BadQuality);
        else if (stale || (sensor.Sender is not null && sensor.NotGoodSince is not null))
            holding |= Bit(sensor.NotGoodSince is null ? SensorCondition.Stale : SensorCondition.BadQuality);
        if (!sensor.IsEvaluated)
            holding |= Bit(SensorCondition.NotEvaluated);
        if (sensor.IsOutOfService)
            holding |= Bit(SensorCondition.OutOfService);
        if (SensorClock.IsOff(sensor.ClockOffsetSeconds))
            holding |= Bit(SensorCondition.ClockOff);
        return new(sensor, holding, worst is not null && acknowledged);
    }

    private static SensorCondition Of(Severity severity) => severity switch
    {
        Severity.Critical => SensorCondition.Critical,
        Severity.Warning => SensorCondition.Warning,
        _ => SensorCondition.Advisory,
    };

    // Normal is bit 0, which nothing sets.
    private static SensorCondition Highest(uint conditions) => (SensorCondition)(conditions == 0 ? 0 : BitOperations.Log2(conditions));

    private static uint Bit(SensorCondition condition) => condition == SensorCondition.Normal ? 0 : 1u << (int)condition;
}
