using VibeDash.Client.Live;
using VibeDash.Core.Contract;

namespace VibeDash.Client.Backups;

/// <summary>Backups over HTTP.</summary>
internal sealed class HttpBackupApi(ApiClient api) : IBackupApi
{
    public Task<BackupStatus> GetBackupsAsync(CancellationToken cancellationToken = default) =>
        api.GetAsync("backups", DashboardJson.Default.BackupStatus, cancellationToken);

    public Task<Answer<BackupRun>> StartBackupAsync(Actor actor, CancellationToken cancellationToken = default) =>
        api.SendAsync(HttpMethod.Post, "backups", null, DashboardJson.Default.BackupRun, cancellationToken);

    public Task<bool> CancelBackupAsync(Actor actor, CancellationToken cancellationToken = default) => api.DeleteAsync("backups/run", cancellationToken);
}
