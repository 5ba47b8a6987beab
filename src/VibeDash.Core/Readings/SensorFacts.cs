namespace VibeDash.Core.Readings;

/// <summary>Data about a sensor other than its readings. Repeated in every event, so stored once per sensor.</summary>
/// <param name="Location">Mounting location, from the widest place to the machine, separated by commas; empty when not given.</param>
/// <param name="Model">Sensor model, or null.</param>
/// <param name="CalibrationDate">Date of the last calibration, or null.</param>
/// <param name="Source">Kind of sender, for example <c>VibrationSensor</c>, or null.</param>
/// <param name="Version">Version of the event format or firmware as sent, or null.</param>
public sealed record SensorFacts(string Location, string? Model, DateOnly? CalibrationDate, string? Source, string? Version);
