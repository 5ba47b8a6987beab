namespace VibeDash.Core.Contract;

/// <summary>A backup of the database that is whole.</summary>
/// <param name="Name">Name of the file.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="At">When it was begun: what had been stored by then is in it.</param>
public sealed record BackupFile(string Name, long Bytes, DateTimeOffset At);
