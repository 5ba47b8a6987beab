using System.Net;
using VibeDash.Client.Live;
using VibeDash.Core.Contract;

namespace VibeDash.Client.Backups;

/// <summary>Backups over HTTP.</summary>
internal sealed class HttpBackupApi(ApiClient api) : IBackupApi
{
    public Task<BackupStatus> GetBackupsAsync(CancellationToken cancellationToken = default) =>
        api.GetAsync("backups", DashboardJson.Default.BackupStatus, cancellationToken);

    public Task<BackupResult> StartBackupAsync(CancellationToken cancellationToken = default) => api.SendAsync<BackupResult>(
        HttpMethod.Post,
        "backups",
        null,
        async response => response.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.InsufficientStorage
            ? new(null, await ApiClient.ReadProblemAsync(response, cancellationToken))
            : await ApiClient.ReadAsync(response.EnsureSuccessStatusCode(), DashboardJson.Default.BackupResult, cancellationToken),
        cancellationToken);

    public Task<bool> CancelBackupAsync(CancellationToken cancellationToken = default) => api.DeleteAsync("backups/run", cancellationToken);
}
