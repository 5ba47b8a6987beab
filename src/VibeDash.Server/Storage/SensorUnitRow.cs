namespace VibeDash.Server.Storage;

/// <summary>
/// The unit of a sensor's rollups from a time on; see <see cref="Segments.UnitStretches"/>. Only sensors that have sent more than one unit have rows.
/// </summary>
internal sealed class SensorUnitRow
{
    public int SensorKey { get; set; }

    /// <summary>Event time of its first reading with the unit; 1970 for the first one.</summary>
    public DateTimeOffset From { get; set; }

    public required string Unit { get; set; }
}
