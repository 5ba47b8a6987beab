using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Trends;

namespace VibeDash.Client.Live;

/// <summary>The API over HTTP.</summary>
/// <param name="http">Its base address is the site.</param>
public sealed partial class DashboardApi(HttpClient http) : IDashboardApi
{
    private const string Root = "api/v1/";

    /// <inheritdoc/>
    public async Task<FleetSnapshot> GetFleetAsync(CancellationToken cancellationToken = default) =>
        await GetAsync("fleet", DashboardJson.Default.FleetSnapshot, cancellationToken) ?? throw NoBody("fleet");

    /// <inheritdoc/>
    public Task<SensorSnapshot?> GetSensorAsync(string sensorId, CancellationToken cancellationToken = default) =>
        GetAsync($"sensors/{Uri.EscapeDataString(sensorId)}", DashboardJson.Default.SensorSnapshot, cancellationToken);

    /// <inheritdoc/>
    public Task<TrendHistory?> GetHistoryAsync(
        string sensorId, DateTimeOffset from, DateTimeOffset? to, int points, CancellationToken cancellationToken = default) =>
        GetAsync($"sensors/{Uri.EscapeDataString(sensorId)}/history?{Range(from, to, points)}", DashboardJson.Default.TrendHistory, cancellationToken);

    /// <inheritdoc/>
    public async Task<TrendHistory[]> GetHistoriesAsync(
        IReadOnlyCollection<string> sensorIds, DateTimeOffset from, DateTimeOffset? to, int points, CancellationToken cancellationToken = default)
    {
        var sensors = string.Concat(sensorIds.Select(sensorId => $"sensor={Uri.EscapeDataString(sensorId)}&"));
        var path = $"{Root}history?{sensors}{Range(from, to, points)}";
        try
        {
            using var response = await http.GetAsync(path, cancellationToken);
            response.EnsureSuccessStatusCode();
            var histories = new List<TrendHistory>(sensorIds.Count);

            // One by one: eight at once would keep the browser's only thread from everything else for a tenth of a second.
            await foreach (var history in response.Content.ReadFromJsonAsAsyncEnumerable(DashboardJson.Default.TrendHistory, cancellationToken))
            {
                histories.Add(history ?? throw NoBody("history"));
                await Task.Yield();
            }

            return [.. histories];
        }
        catch (TaskCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw NotInTime(e);
        }
        catch (System.Text.Json.JsonException e)
        {
            throw new HttpRequestException("The answer is not the server's.", e);
        }
    }

    /// <inheritdoc/>
    public async Task<AlertPage> GetAlertsAsync(AlertQuery query, CancellationToken cancellationToken = default) =>
        await GetAsync($"alerts?{AlertQueryString.Of(query)}", DashboardJson.Default.AlertPage, cancellationToken) ?? throw NoBody("alerts");

    /// <inheritdoc/>
    public Task<AlertDetail?> GetAlertAsync(long alertId, CancellationToken cancellationToken = default) =>
        GetAsync(string.Create(CultureInfo.InvariantCulture, $"alerts/{alertId}"), DashboardJson.Default.AlertDetail, cancellationToken);

    /// <inheritdoc/>
    public Task<AlertResult[]> ActAsync(AlertAction action, CancellationToken cancellationToken = default) =>
        AskAsync(HttpMethod.Post, "alerts/actions", JsonContent.Create(action, DashboardJson.Default.AlertAction), DashboardJson.Default.AlertResultArray, cancellationToken);

    /// <inheritdoc/>
    public async Task<RuleVersion[]> GetRulesAsync(CancellationToken cancellationToken = default) =>
        await GetAsync("rules", DashboardJson.Default.RuleVersionArray, cancellationToken) ?? throw NoBody("rules");

    /// <inheritdoc/>
    public async Task<RuleVersion[]> GetRuleVersionsAsync(int ruleId, CancellationToken cancellationToken = default) =>
        await GetAsync(string.Create(CultureInfo.InvariantCulture, $"rules/{ruleId}/versions"), DashboardJson.Default.RuleVersionArray, cancellationToken) ?? [];

    /// <inheritdoc/>
    public Task<RuleResult> AddRuleAsync(RuleEdit edit, CancellationToken cancellationToken = default) =>
        AskAsync(HttpMethod.Post, "rules", JsonContent.Create(edit, DashboardJson.Default.RuleEdit), DashboardJson.Default.RuleResult, cancellationToken);

    /// <inheritdoc/>
    public Task<RuleResult> ChangeRuleAsync(int ruleId, RuleEdit edit, CancellationToken cancellationToken = default) => AskAsync(
        HttpMethod.Put,
        string.Create(CultureInfo.InvariantCulture, $"rules/{ruleId}"),
        JsonContent.Create(edit, DashboardJson.Default.RuleEdit),
        DashboardJson.Default.RuleResult,
        cancellationToken);

    /// <inheritdoc/>
    public Task<RuleResult> DeleteRuleAsync(int ruleId, string by, CancellationToken cancellationToken = default) => AskAsync(
        HttpMethod.Delete,
        string.Create(CultureInfo.InvariantCulture, $"rules/{ruleId}?by={Uri.EscapeDataString(by)}"),
        null,
        DashboardJson.Default.RuleResult,
        cancellationToken);

    /// <inheritdoc/>
    public Task<RuleMatch[]?> GetSensorRulesAsync(string sensorId, CancellationToken cancellationToken = default) =>
        GetAsync($"sensors/{Uri.EscapeDataString(sensorId)}/rules", DashboardJson.Default.RuleMatchArray, cancellationToken);

    /// <inheritdoc/>
    public async Task<string?> SetSensorAsync(string sensorId, SensorSettings settings, CancellationToken cancellationToken = default) => (await AskAsync(
        HttpMethod.Put,
        $"sensors/{Uri.EscapeDataString(sensorId)}/settings",
        JsonContent.Create(settings, DashboardJson.Default.SensorSettings),
        DashboardJson.Default.SettingsResult,
        cancellationToken)).Fault;

    /// <inheritdoc/>
    public async Task<OutOfService[]> GetOutOfServiceAsync(CancellationToken cancellationToken = default) =>
        await GetAsync("out-of-service", DashboardJson.Default.OutOfServiceArray, cancellationToken) ?? throw NoBody("out-of-service");

    /// <inheritdoc/>
    public Task<OutOfServiceResult> TakeOutOfServiceAsync(OutOfServiceRequest request, CancellationToken cancellationToken = default) => AskAsync(
        HttpMethod.Post,
        "out-of-service",
        JsonContent.Create(request, DashboardJson.Default.OutOfServiceRequest),
        DashboardJson.Default.OutOfServiceResult,
        cancellationToken);

    /// <inheritdoc/>
    public Task<OutOfServiceResult> ReturnToServiceAsync(long id, string by, CancellationToken cancellationToken = default) => AskAsync(
        HttpMethod.Post,
        string.Create(CultureInfo.InvariantCulture, $"out-of-service/{id}/return?by={Uri.EscapeDataString(by)}"),
        null,
        DashboardJson.Default.OutOfServiceResult,
        cancellationToken);

    /// <inheritdoc/>
    public async Task<ConnectionStatus[]> GetConnectionsAsync(CancellationToken cancellationToken = default) =>
        await GetAsync("connections", DashboardJson.Default.ConnectionStatusArray, cancellationToken) ?? throw NoBody("connections");

    /// <inheritdoc/>
    public async Task<SourceStatus[]> GetSourcesAsync(CancellationToken cancellationToken = default) =>
        await GetAsync("sources", DashboardJson.Default.SourceStatusArray, cancellationToken) ?? throw NoBody("sources");

    /// <inheritdoc/>
    public async Task<DeadLetterGroup[]> GetDeadLetterGroupsAsync(DeadLetterSelection selection, CancellationToken cancellationToken = default) =>
        await GetAsync($"dead-letters/groups?{DeadLetterQueryString.Of(selection)}", DashboardJson.Default.DeadLetterGroupArray, cancellationToken)
        ?? throw NoBody("dead-letters/groups");

    /// <inheritdoc/>
    public async Task<DeadLetter[]> GetDeadLettersAsync(DeadLetterSelection selection, int limit, CancellationToken cancellationToken = default) =>
        await GetAsync($"dead-letters?{DeadLetterQueryString.Of(selection, limit)}", DashboardJson.Default.DeadLetterArray, cancellationToken)
        ?? throw NoBody("dead-letters");

    /// <inheritdoc/>
    public Task<DeadLetterDetail?> GetDeadLetterAsync(long id, CancellationToken cancellationToken = default) =>
        GetAsync(string.Create(CultureInfo.InvariantCulture, $"dead-letters/{id}"), DashboardJson.Default.DeadLetterDetail, cancellationToken);

    /// <inheritdoc/>
    public async Task<ReplayResult> ReplayDeadLetterAsync(long id, CancellationToken cancellationToken = default) =>
        await SendAsync(
            HttpMethod.Post, string.Create(CultureInfo.InvariantCulture, $"dead-letters/{id}/replay"), null, DashboardJson.Default.ReplayResult, cancellationToken)
        ?? ReplayResult.Gone;

    /// <inheritdoc/>
    public async Task<ReplayRun> ReplayDeadLettersAsync(DeadLetterSelection selection, CancellationToken cancellationToken = default) =>
        await SendAsync(
            HttpMethod.Post,
            "dead-letters/replay",
            JsonContent.Create(selection, DashboardJson.Default.DeadLetterSelection),
            DashboardJson.Default.ReplayRun,
            cancellationToken,
            notTaken: HttpStatusCode.Conflict)
        ?? await GetReplayRunAsync(cancellationToken)
        ?? throw NoBody("replay");

    /// <inheritdoc/>
    public Task<ReplayRun?> GetReplayRunAsync(CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Get, "dead-letters/replay", null, DashboardJson.Default.ReplayRun, cancellationToken, notTaken: HttpStatusCode.NoContent);

    /// <inheritdoc/>
    public async Task<bool> DeleteDeadLetterAsync(long id, CancellationToken cancellationToken = default)
    {
        try
        {
            using var response = await http.DeleteAsync(string.Create(CultureInfo.InvariantCulture, $"{Root}dead-letters/{id}"), cancellationToken);
            return response.StatusCode != HttpStatusCode.NotFound && response.EnsureSuccessStatusCode().IsSuccessStatusCode;
        }
        catch (TaskCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw NotInTime(e);
        }
    }

    /// <inheritdoc/>
    public async Task<DeadLettersDeleted> DeleteDeadLettersAsync(DeadLetterSelection selection, CancellationToken cancellationToken = default) =>
        await SendAsync(HttpMethod.Delete, $"dead-letters?{DeadLetterQueryString.Of(selection)}", null, DashboardJson.Default.DeadLettersDeleted, cancellationToken)
        ?? throw NoBody("dead-letters");

    private Task<T?> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class =>
        SendAsync(HttpMethod.Get, path, null, type, cancellationToken);

    // A refusal says why in the same shape as what was done.
    private async Task<T> AskAsync<T>(HttpMethod method, string path, HttpContent? content, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            using var request = new HttpRequestMessage(method, Root + path) { Content = content };
            using var response = await http.SendAsync(request, cancellationToken);
            if (response.StatusCode is not (HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.Conflict))
                response.EnsureSuccessStatusCode();
            return await ReadAsync(response, type, cancellationToken) ?? throw NoBody(path);
        }
        catch (TaskCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw NotInTime(e);
        }
    }

    /// <returns>Null when the answer is <paramref name="notTaken"/>.</returns>
    private async Task<T?> SendAsync<T>(
        HttpMethod method, string path, HttpContent? content, JsonTypeInfo<T> type, CancellationToken cancellationToken, HttpStatusCode notTaken = HttpStatusCode.NotFound)
        where T : class
    {
        try
        {
            using var request = new HttpRequestMessage(method, Root + path) { Content = content };
            using var response = await http.SendAsync(request, cancellationToken);
            if (response.StatusCode == notTaken)
                return null;
            response.EnsureSuccessStatusCode();
            return await ReadAsync(response, type, cancellationToken);
        }
        catch (TaskCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw NotInTime(e);
        }
    }

    // A proxy in front of the server may answer with a page of its own.
    private static async Task<T?> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadFromJsonAsync(type, cancellationToken);
        }
        catch (System.Text.Json.JsonException e)
        {
            throw new HttpRequestException("The answer is not the server's.", e, response.StatusCode);
        }
    }

    private static string Range(DateTimeOffset from, DateTimeOffset? to, int points) =>
        string.Create(CultureInfo.InvariantCulture, $"from={AlertQueryString.Time(from)}{(to is { } end ? $"&to={AlertQueryString.Time(end)}" : "")}&points={points}");

    private static HttpRequestException NotInTime(Exception cause) => new("The server did not answer in time.", cause);

    private static HttpRequestException NoBody(string what) => new($"The server's answer to '{what}' is empty.");
}
