using VibeDash.Core.Readings;

namespace VibeDash.Core.Sparkplug;

/// <summary>Definition of a metric in a birth.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Datatype">Its datatype.</param>
/// <param name="Unit">The unit of its readings, or null when none is known.</param>
/// <param name="SensorId">Sensor id of its readings; null when its values are not readings.</param>
/// <param name="Fault">Reason for rejecting its values, or null.</param>
internal sealed record SparkplugDefinition(string Name, SparkplugDatatype Datatype, string? Unit, string? SensorId, Rejection? Fault);
