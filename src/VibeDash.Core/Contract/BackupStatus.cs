namespace VibeDash.Core.Contract;

/// <summary>What there is of backups.</summary>
/// <param name="Run">The backup under way, or the last one since the server's start; null when there was none.</param>
/// <param name="Files">Those that are kept, newest first.</param>
/// <param name="Folder">Where they are, on the server.</param>
/// <param name="FreeBytes">Room left there.</param>
/// <param name="Keep">How many are kept: the oldest of more are deleted once a new one is whole.</param>
public sealed record BackupStatus(BackupRun? Run, BackupFile[] Files, string Folder, long FreeBytes, int Keep);
