using VibeDash.Core.Contract;

namespace VibeDash.Server.Backups;

/// <summary>Backups, for the HTTP API and for prerendering. Thread-safe.</summary>
internal sealed class BackupService(BackupRuns runs) : IBackupApi
{
    /// <inheritdoc/>
    public Task<BackupStatus> GetBackupsAsync(CancellationToken cancellationToken = default) => Task.Run(runs.Status, cancellationToken);

    /// <inheritdoc/>
    public Task<Answer<BackupRun>> StartBackupAsync(Actor actor, CancellationToken cancellationToken = default) => Task.Run(() => runs.Start(actor), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> CancelBackupAsync(Actor actor, CancellationToken cancellationToken = default) => Task.FromResult(runs.Cancel(actor));
}
