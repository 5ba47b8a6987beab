using System.Net;
using System.Net.Http.Json;
using VibeDash.Client.Live;
using VibeDash.Core.Contract;

namespace VibeDash.Client.DeadLetters;

/// <summary>Dead letters over HTTP.</summary>
internal sealed class HttpDeadLetterApi(ApiClient api) : IDeadLetterApi
{
    public Task<DeadLetterGroup[]> GetDeadLetterGroupsAsync(DeadLetterSelection selection, CancellationToken cancellationToken = default) =>
        api.GetAsync($"dead-letters/groups?{DeadLetterQueryString.Of(selection)}", DashboardJson.Default.DeadLetterGroupArray, cancellationToken);

    public Task<DeadLetter[]> GetDeadLettersAsync(DeadLetterSelection selection, int limit, CancellationToken cancellationToken = default) =>
        api.GetAsync($"dead-letters?{DeadLetterQueryString.Of(selection, limit)}", DashboardJson.Default.DeadLetterArray, cancellationToken);

    public Task<DeadLetterDetail?> GetDeadLetterAsync(long id, CancellationToken cancellationToken = default) =>
        api.FindAsync(ApiClient.Path($"dead-letters/{id}"), DashboardJson.Default.DeadLetterDetail, cancellationToken);

    public async Task<ReplayResult> ReplayDeadLetterAsync(long id, CancellationToken cancellationToken = default) =>
        await api.TrySendAsync(
            HttpMethod.Post, ApiClient.Path($"dead-letters/{id}/replay"), null, HttpStatusCode.NotFound, DashboardJson.Default.ReplayResult, cancellationToken)
        ?? ReplayResult.Gone;

    public async Task<ReplayRun> ReplayDeadLettersAsync(DeadLetterSelection selection, CancellationToken cancellationToken = default) =>
        await api.TrySendAsync(
            HttpMethod.Post,
            "dead-letters/replay",
            JsonContent.Create(selection, DashboardJson.Default.DeadLetterSelection),
            HttpStatusCode.Conflict,
            DashboardJson.Default.ReplayRun,
            cancellationToken)
        ?? await api.GetAsync("dead-letters/replay", DashboardJson.Default.ReplayRun, cancellationToken);

    public Task<ReplayRun?> GetReplayRunAsync(CancellationToken cancellationToken = default) =>
        api.FindAsync("dead-letters/replay", DashboardJson.Default.ReplayRun, cancellationToken);

    public Task<bool> DeleteDeadLetterAsync(long id, CancellationToken cancellationToken = default) =>
        api.DeleteAsync(ApiClient.Path($"dead-letters/{id}"), cancellationToken);

    public Task<DeadLettersDeleted> DeleteDeadLettersAsync(DeadLetterSelection selection, CancellationToken cancellationToken = default) => api.SendAsync(
        HttpMethod.Delete,
        $"dead-letters?{DeadLetterQueryString.Of(selection)}",
        null,
        response => ApiClient.ReadAsync(response.EnsureSuccessStatusCode(), DashboardJson.Default.DeadLettersDeleted, cancellationToken),
        cancellationToken);
}
