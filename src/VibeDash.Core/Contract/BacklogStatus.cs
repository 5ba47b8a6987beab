namespace VibeDash.Core.Contract;

/// <summary>Progress through a backlog, for example after a night without the server. Until it is processed, the dashboard does not show the present.</summary>
/// <param name="Reached">Event time reached.</param>
/// <param name="SecondsLeft">Seconds until the dashboard shows the present, at the speed of the last seconds; null when more than a day.</param>
public sealed record BacklogStatus(DateTimeOffset Reached, int? SecondsLeft);
