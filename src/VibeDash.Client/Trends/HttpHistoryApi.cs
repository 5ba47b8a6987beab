using System.Globalization;
using System.Net.Http.Json;
using VibeDash.Client.Live;
using VibeDash.Core.Contract;
using VibeDash.Core.Trends;

namespace VibeDash.Client.Trends;

/// <summary>History over HTTP.</summary>
internal sealed class HttpHistoryApi(ApiClient api) : IHistoryApi
{
    public Task<TrendHistory?> GetHistoryAsync(
        string sensorId, DateTimeOffset from, DateTimeOffset? to, int points, CancellationToken cancellationToken = default) =>
        api.FindAsync($"{ApiClient.Path($"sensors/{sensorId}/history")}?{QueryString.Of(Range(from, to, points))}", DashboardJson.Default.TrendHistory, cancellationToken);

    public Task<TrendHistory[]> GetHistoriesAsync(
        IReadOnlyCollection<string> sensorIds, DateTimeOffset from, DateTimeOffset? to, int points, CancellationToken cancellationToken = default) =>
        api.SendAsync(
            HttpMethod.Get,
            $"history?{QueryString.Of([.. sensorIds.Select(sensorId => ("sensor", (string?)sensorId)), .. Range(from, to, points)])}",
            null,
            async response =>
            {
                await ApiClient.EnsureDoneAsync(response, cancellationToken);
                return await ReadAsync(response, sensorIds.Count, cancellationToken);
            },
            cancellationToken);

    // One sensor at a time: parsing eight at once would block the browser's only thread for about 100 ms.
    private static async Task<TrendHistory[]> ReadAsync(HttpResponseMessage response, int sensors, CancellationToken cancellationToken)
    {
        var histories = new List<TrendHistory>(sensors);
        await foreach (var history in response.Content.ReadFromJsonAsAsyncEnumerable(DashboardJson.Default.TrendHistory, cancellationToken))
        {
            histories.Add(history ?? throw new HttpRequestException("The server's answer has an empty history."));
            await Task.Yield();
        }

        return [.. histories];
    }

    private static (string Name, string? Value)[] Range(DateTimeOffset from, DateTimeOffset? to, int points) =>
        [("from", IsoTime.Of(from)), ("to", IsoTime.Of(to)), ("points", points.ToString(CultureInfo.InvariantCulture))];
}
