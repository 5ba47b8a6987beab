namespace VibeDash.Core.Contract;

/// <summary>State of the backups.</summary>
/// <param name="Run">The backup in progress, or the last one since the server started; null when there was none.</param>
/// <param name="Files">The stored backups, newest first.</param>
/// <param name="Folder">Their folder on the server.</param>
/// <param name="FreeBytes">Free space on the disk of that folder, in bytes.</param>
/// <param name="Keep">Maximum number of backups kept: when a new one is complete, the oldest beyond this number are deleted.</param>
public sealed record BackupStatus(BackupRun? Run, BackupFile[] Files, string Folder, long FreeBytes, int Keep);
