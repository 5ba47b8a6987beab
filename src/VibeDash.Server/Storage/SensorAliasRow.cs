namespace VibeDash.Server.Storage;

/// <summary>A former id of a sensor: messages that still have it are read as that sensor's.</summary>
internal sealed class SensorAliasRow
{
    public required string Alias { get; set; }

    public int SensorKey { get; set; }
}
