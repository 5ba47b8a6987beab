namespace VibeDash.Server.Storage;

/// <summary>A sensor as the storage knows it: its key, and how far its readings are compacted. Owned by the event loop.</summary>
/// <param name="key">Its key in the database.</param>
/// <param name="sensorId">Its id.</param>
internal sealed class StoredSensor(int key, string sensorId)
{
    /// <summary>Its key in the database.</summary>
    public int Key => key;

    /// <summary>Its id.</summary>
    public string SensorId => sensorId;

    /// <summary>Number of its readings outside segments; null until the first reading after a start asks for it.</summary>
    public int? Uncompacted { get; set; }

    /// <summary>Newest timestamp inside segments; null when there is none or it is not known yet.</summary>
    public DateTimeOffset? CompactedUntil { get; set; }

    /// <summary>True while it waits for compaction.</summary>
    public bool AwaitsCompaction { get; set; }
}
