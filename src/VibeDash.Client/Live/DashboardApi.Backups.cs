using System.Net;
using VibeDash.Core.Contract;

namespace VibeDash.Client.Live;

/// <content>Backups.</content>
public sealed partial class DashboardApi
{
    /// <inheritdoc/>
    public async Task<BackupStatus> GetBackupsAsync(CancellationToken cancellationToken = default) =>
        await GetAsync("backups", DashboardJson.Default.BackupStatus, cancellationToken) ?? throw NoBody("backups");

    /// <inheritdoc/>
    public async Task<BackupResult> StartBackupAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            using var response = await http.PostAsync($"{Root}backups", null, cancellationToken);
            if (response.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.InsufficientStorage)
                return new(null, (await ReadAsync(response, DashboardJson.Default.Problem, cancellationToken) ?? throw NoBody("backups")).Said);
            response.EnsureSuccessStatusCode();
            return await ReadAsync(response, DashboardJson.Default.BackupResult, cancellationToken) ?? throw NoBody("backups");
        }
        catch (TaskCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw NotInTime(e);
        }
    }

    /// <inheritdoc/>
    public async Task<bool> CancelBackupAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            using var response = await http.DeleteAsync($"{Root}backups/run", cancellationToken);
            return response.StatusCode != HttpStatusCode.NotFound && response.EnsureSuccessStatusCode().IsSuccessStatusCode;
        }
        catch (TaskCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw NotInTime(e);
        }
    }
}
