namespace VibeDash.Core.Contract;

/// <summary>What came of a change to what is said about a sensor.</summary>
/// <param name="Fault">Why nothing was done, in one sentence; null when it was done.</param>
public sealed record SettingsResult(string? Fault);
