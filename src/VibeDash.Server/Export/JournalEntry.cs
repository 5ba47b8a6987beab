using VibeDash.Core.Alerts;

namespace VibeDash.Server.Export;

/// <summary>An entry of the alert journal with the sensor and kind of its alert.</summary>
/// <param name="Transition">The entry.</param>
/// <param name="SensorId">Sensor of its alert.</param>
/// <param name="Kind">Kind of its alert.</param>
internal readonly record struct JournalEntry(AlertTransition Transition, string SensorId, ConditionKind Kind);
