namespace VibeDash.Core.Alerts;

/// <summary>An acknowledgement that was given.</summary>
/// <param name="By">Who gave it.</param>
/// <param name="At">When, by the server's clock.</param>
/// <param name="Note">What they noted, or null.</param>
/// <param name="Until">When it expires; null when it does not.</param>
/// <param name="Level">The level at the time, from which worsening is counted; null when there was none.</param>
public sealed record AcknowledgementRecord(string By, DateTimeOffset At, string? Note, DateTimeOffset? Until, double? Level);
