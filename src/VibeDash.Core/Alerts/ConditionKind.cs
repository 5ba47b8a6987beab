namespace VibeDash.Core.Alerts;

/// <summary>Kind of a rule's condition.</summary>
public enum ConditionKind
{
    /// <summary>The level is above a threshold in a unit.</summary>
    LevelAbove,

    /// <summary>The level is below a threshold in a unit.</summary>
    LevelBelow,

    /// <summary>The level is above the baseline by more than a threshold in a unit.</summary>
    DifferenceAbove,

    /// <summary>The level is above a multiple of the baseline.</summary>
    BaselineMultiple,

    /// <summary>The level has changed by more than a threshold within a window.</summary>
    Change,

    /// <summary>The sensor has been silent for longer than a threshold.</summary>
    NoData,

    /// <summary>The sensor repeated the same level more often than a working sensor would.</summary>
    Stuck,

    /// <summary>The sensor's calibration is older than a threshold.</summary>
    CalibrationAge,

    /// <summary>The sender has changed the baseline it sends by more than a threshold.</summary>
    BaselineChange,

    /// <summary>The sensor's clock is ahead of the server's, or behind it, by more than a threshold: <see cref="Readings.SensorClock"/>.</summary>
    ClockOff,
}
