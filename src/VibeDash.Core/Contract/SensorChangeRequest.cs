namespace VibeDash.Core.Contract;

/// <summary>The body of a request to rename, hand over or merge a sensor: see <see cref="SensorChange"/>.</summary>
/// <param name="To">The other id.</param>
/// <param name="Reason">Why.</param>
public sealed record SensorChangeRequest(string? To, string? Reason);
