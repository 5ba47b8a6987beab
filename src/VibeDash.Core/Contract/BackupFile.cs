namespace VibeDash.Core.Contract;

/// <summary>A complete backup of the database.</summary>
/// <param name="Name">File name.</param>
/// <param name="Bytes">File size, in bytes.</param>
/// <param name="At">When the backup started: it contains everything stored by then.</param>
public sealed record BackupFile(string Name, long Bytes, DateTimeOffset At);
