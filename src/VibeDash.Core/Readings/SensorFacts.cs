namespace VibeDash.Core.Readings;

/// <summary>What is known about a sensor besides its readings. Repeats in every event, so it is stored once per sensor.</summary>
/// <param name="Location">Where it is mounted, from the widest place to the machine, separated by commas; empty when the sender names none.</param>
/// <param name="Model">Sensor model, or null.</param>
/// <param name="CalibrationDate">Date of the last calibration, or null.</param>
/// <param name="Source">Kind of sender, for example <c>VibrationSensor</c>, or null.</param>
/// <param name="Version">Version of the event format or firmware as sent, or null.</param>
public sealed record SensorFacts(string Location, string? Model, DateOnly? CalibrationDate, string? Source, string? Version);
