namespace VibeDash.Core.Contract;

/// <summary>The backup in progress, or the last one.</summary>
/// <param name="Name">Name of the backup file.</param>
/// <param name="By">The person who started it.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="EndedAt">When it ended; null while it is in progress.</param>
/// <param name="Bytes">Bytes copied so far.</param>
/// <param name="TotalBytes">Bytes to copy.</param>
/// <param name="Fault">Why it failed; null while it is in progress and when it is complete.</param>
public sealed record BackupRun(string Name, string By, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, long Bytes, long TotalBytes, RunFault? Fault);
