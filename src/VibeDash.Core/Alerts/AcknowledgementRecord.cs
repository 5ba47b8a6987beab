namespace VibeDash.Core.Alerts;

/// <summary>An acknowledgement.</summary>
/// <param name="By">The user who acknowledged.</param>
/// <param name="At">Server time.</param>
/// <param name="Note">Their note, or null.</param>
/// <param name="Until">Expiry; null for none.</param>
/// <param name="Level">Level at that time, the reference for worsening; null when there was none.</param>
public sealed record AcknowledgementRecord(string By, DateTimeOffset At, string? Note, DateTimeOffset? Until, double? Level);
