namespace VibeDash.Core.Alerts;

/// <summary>An alert put aside by a person: it tells nobody anything until the end.</summary>
/// <param name="By">Who put it aside.</param>
/// <param name="At">When, by the server's clock.</param>
/// <param name="Reason">Why.</param>
/// <param name="Until">The end.</param>
public sealed record Shelving(string By, DateTimeOffset At, string Reason, DateTimeOffset Until);
