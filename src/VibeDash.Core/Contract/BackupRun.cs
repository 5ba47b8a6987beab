namespace VibeDash.Core.Contract;

/// <summary>A backup under way, or the last one.</summary>
/// <param name="Name">Name of its file.</param>
/// <param name="By">Who began it.</param>
/// <param name="StartedAt">When it was begun.</param>
/// <param name="EndedAt">When it ended; null while it is under way.</param>
/// <param name="Bytes">Bytes copied so far.</param>
/// <param name="TotalBytes">Bytes to copy.</param>
/// <param name="Fault">Why there is no backup, in one sentence; null while it is under way and when it is whole.</param>
public sealed record BackupRun(string Name, string By, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, long Bytes, long TotalBytes, string? Fault);
