namespace VibeDash.Core.Alerts;

/// <summary>A shelving by a user: the alert requires no action until its end.</summary>
/// <param name="By">The user.</param>
/// <param name="At">Server time.</param>
/// <param name="Reason">The reason.</param>
/// <param name="Until">The end.</param>
public sealed record Shelving(string By, DateTimeOffset At, string Reason, DateTimeOffset Until);
