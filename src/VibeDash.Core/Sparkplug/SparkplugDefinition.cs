using VibeDash.Core.Readings;

namespace VibeDash.Core.Sparkplug;

/// <summary>What a birth said of a metric.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Datatype">Its datatype.</param>
/// <param name="Unit">The unit of its readings, or null when none is known.</param>
/// <param name="SensorId">The sensor its values are readings of; null when they are none.</param>
/// <param name="Fault">Why its values are refused, or null.</param>
internal sealed record SparkplugDefinition(string Name, SparkplugDatatype Datatype, string? Unit, string? SensorId, Rejection? Fault);
