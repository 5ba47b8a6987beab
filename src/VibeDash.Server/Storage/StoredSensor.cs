namespace VibeDash.Server.Storage;

/// <summary>Storage state of a sensor: its key and the progress of its compaction. Owned by the event loop.</summary>
/// <param name="key">Its key in the database.</param>
/// <param name="sensorId">Its id.</param>
internal sealed class StoredSensor(int key, string sensorId)
{
    /// <summary>Its key in the database.</summary>
    public int Key => key;

    /// <summary>Its id.</summary>
    public string SensorId => sensorId;

    /// <summary>Number of its readings outside segments; null until its first reading after start-up.</summary>
    public int? Uncompacted { get; set; }

    /// <summary>Newest timestamp in segments; null when there is none or it is not yet known.</summary>
    public DateTimeOffset? CompactedUntil { get; set; }

    /// <summary>True while it waits for compaction.</summary>
    public bool AwaitsCompaction { get; set; }
}
