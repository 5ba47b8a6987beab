namespace VibeDash.Client.Ui;

/// <summary>Condition of a sensor. Higher values come first on the page.</summary>
public enum SensorCondition
{
    /// <summary>Sends readings, which rules evaluate, and has no open alert.</summary>
    Normal,

    /// <summary>Its clock is off by more than <see cref="Core.Readings.SensorClock.Off"/>.</summary>
    ClockOff,

    /// <summary>A kind of alert is shelved.</summary>
    Shelved,

    /// <summary>The sensor or its machine is out of service: alerts are not notified.</summary>
    OutOfService,

    /// <summary>No rule compares its level with a threshold.</summary>
    NotEvaluated,

    /// <summary>Silent for longer than its cadence explains; no open alert.</summary>
    Stale,

    /// <summary>It sends, but none of its readings has been good for longer than its cadence explains; no open alert.</summary>
    BadQuality,

    /// <summary>Reported offline by its broker or gateway; no open alert.</summary>
    Offline,

    /// <summary>An open alert of severity Advisory.</summary>
    Advisory,

    /// <summary>An open alert of severity Warning.</summary>
    Warning,

    /// <summary>The latest level is above the threshold of Critical; not an alert yet, since the on-delay is not over.</summary>
    CriticalUnconfirmed,

    /// <summary>An open alert of severity Critical.</summary>
    Critical,
}
