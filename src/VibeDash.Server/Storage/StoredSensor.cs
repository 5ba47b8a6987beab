namespace VibeDash.Server.Storage;

/// <summary>Storage state of a sensor: its key and the progress of its compaction. Owned by the event loop.</summary>
/// <param name="key">Its key in the database.</param>
/// <param name="sensorId">Its id.</param>
/// <param name="unit">Unit of its newest rollups.</param>
internal sealed class StoredSensor(int key, string sensorId, string unit)
{
    /// <summary>Its key in the database.</summary>
    public int Key => key;

    /// <summary>Its id.</summary>
    public string SensorId => sensorId;

    /// <summary>Unit of its newest rollups, and of all with no more than one of <see cref="Units"/>.</summary>
    public string Unit { get; set; } = unit;

    /// <summary>Number of its rows of units; 0 while it has sent one unit only.</summary>
    public int Units { get; set; }

    /// <summary>Number of its readings outside segments; null until its first reading after start-up.</summary>
    public int? Uncompacted { get; set; }

    /// <summary>Newest timestamp in segments; null when there is none or it is not yet known.</summary>
    public DateTimeOffset? CompactedUntil { get; set; }

    /// <summary>True while it waits for compaction.</summary>
    public bool AwaitsCompaction { get; set; }
}
