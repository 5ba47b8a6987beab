namespace VibeDash.Core.Contract;

/// <summary>The server works on events that waited, as after a night off; what it shows is not yet the present.</summary>
/// <param name="Reached">Event time it has come to.</param>
/// <param name="SecondsLeft">How long it takes until it shows the present, if it goes on as fast as in the last seconds; null when that is more than a day.</param>
public sealed record BacklogStatus(DateTimeOffset Reached, int? SecondsLeft);
