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

    public Task<Answer<ReplayResult>> ReplayDeadLetterAsync(long id, Actor actor, CancellationToken cancellationToken = default) =>
        api.SendAsync(HttpMethod.Post, ApiClient.Path($"dead-letters/{id}/replay"), null, DashboardJson.Default.ReplayResult, cancellationToken);

    public async Task<ReplayRun> ReplayDeadLettersAsync(DeadLetterSelection selection, Actor actor, CancellationToken cancellationToken = default)
    {
        var answer = await api.SendAsync(
            HttpMethod.Post,
            "dead-letters/replay",
            JsonContent.Create(selection, DashboardJson.Default.DeadLetterSelection),
            DashboardJson.Default.ReplayRun,
            cancellationToken);
        return answer switch
        {
            { Value: { } run } => run,
            { Refusal.Code: RefusalCode.ReplayUnderWay } => await api.GetAsync("dead-letters/replay", DashboardJson.Default.ReplayRun, cancellationToken),
            _ => throw new HttpRequestException(RefusalText.Of(answer.Refusal!)),
        };
    }

    public Task<ReplayRun?> GetReplayRunAsync(CancellationToken cancellationToken = default) =>
        api.FindAsync("dead-letters/replay", DashboardJson.Default.ReplayRun, cancellationToken);

    public Task<bool> DeleteDeadLetterAsync(long id, Actor actor, CancellationToken cancellationToken = default) =>
        api.DeleteAsync(ApiClient.Path($"dead-letters/{id}"), cancellationToken);

    public async Task<DeadLettersDeleted> DeleteDeadLettersAsync(DeadLetterSelection selection, Actor actor, CancellationToken cancellationToken = default)
    {
        var answer = await api.SendAsync(
            HttpMethod.Delete, $"dead-letters?{DeadLetterQueryString.Of(selection)}", null, DashboardJson.Default.DeadLettersDeleted, cancellationToken);
        return answer.Value ?? throw new HttpRequestException(RefusalText.Of(answer.Refusal!));
    }
}
