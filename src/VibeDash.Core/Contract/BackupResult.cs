namespace VibeDash.Core.Contract;

/// <summary>What came of asking for a backup.</summary>
/// <param name="Run">The backup that began, or the one that was under way already; null when none could begin.</param>
/// <param name="Fault">Why none began, in one sentence; null when one did.</param>
public sealed record BackupResult(BackupRun? Run, string? Fault);
