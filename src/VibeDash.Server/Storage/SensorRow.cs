using VibeDash.Core.Readings;

namespace VibeDash.Server.Storage;

/// <summary>A sensor and the facts repeated by its events.</summary>
internal sealed class SensorRow
{
    public int Key { get; set; }

    public required string SensorId { get; set; }

    public required string Location { get; set; }

    public string? Model { get; set; }

    public DateOnly? CalibrationDate { get; set; }

    public string? Source { get; set; }

    public string? Version { get; set; }

    /// <summary>What sends for it, if it sends changes only; else null.</summary>
    public string? Sender { get; set; }

    /// <summary>See <see cref="SensorStatusChange"/>: a newer reading may have superseded it.</summary>
    public DateTimeOffset? OfflineSince { get; set; }

    /// <summary>Event time of its first reading that is ahead of the clock and not evaluated yet; null when there is none.</summary>
    public DateTimeOffset? WaitingFrom { get; set; }

    /// <summary>Labels, one per line; null when there are none.</summary>
    public string? Labels { get; set; }

    /// <summary>Source of the baseline; null, like all properties that begin with Baseline or Learn, when the sensor sends it.</summary>
    public BaselineSource? BaselineSource { get; set; }

    /// <summary>Null while it is being learned.</summary>
    public double? Baseline { get; set; }

    public double? BaselineDeviation { get; set; }

    public string? BaselineUnit { get; set; }

    public DateTimeOffset? BaselineAt { get; set; }

    public string? BaselineBy { get; set; }

    /// <summary>Number of readings it was learned from; null while it is being learned.</summary>
    public int? BaselineReadings { get; set; }

    /// <summary>Level up to which readings are not learned from, or null.</summary>
    public double? BaselineRunLevel { get; set; }

    /// <summary>Minimum number of readings; null unless it is being learned.</summary>
    public int? LearnReadings { get; set; }

    /// <summary>Minimum running time; null unless it is being learned.</summary>
    public double? LearnHours { get; set; }

    /// <summary>Level above which the machine runs; null when none was set.</summary>
    public double? RunLevel { get; set; }

    public string? RunLevelUnit { get; set; }
}
