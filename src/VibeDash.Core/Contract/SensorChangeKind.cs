namespace VibeDash.Core.Contract;

/// <summary>A change of what a sensor is, or whether it is.</summary>
public enum SensorChangeKind
{
    /// <summary>The sensor gets another id; messages with its former id are still read as its own.</summary>
    Rename,

    /// <summary>The sensor was replaced: its history goes on under its successor, which may be known already.</summary>
    HandOver,

    /// <summary>Two ids are one sensor: its readings become those of the other.</summary>
    Merge,

    /// <summary>The sensor is removed with all its rows.</summary>
    Delete,

    /// <summary>Messages with a former id of the sensor are no longer read as its own.</summary>
    Release,
}
