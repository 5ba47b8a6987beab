namespace VibeDash.Core.Contract;

/// <summary>Backups of the database.</summary>
/// <remarks>Every method throws <see cref="HttpRequestException"/> when the server cannot be reached or fails.</remarks>
public interface IBackupApi
{
    /// <summary>The stored backups and the backup in progress.</summary>
    Task<BackupStatus> GetBackupsAsync(CancellationToken cancellationToken = default);

    /// <summary>Starts a backup. A refusal is a result, not an exception.</summary>
    Task<Answer<BackupRun>> StartBackupAsync(Actor actor, CancellationToken cancellationToken = default);

    /// <summary>Cancels the backup in progress; false when there is none.</summary>
    Task<bool> CancelBackupAsync(Actor actor, CancellationToken cancellationToken = default);
}
