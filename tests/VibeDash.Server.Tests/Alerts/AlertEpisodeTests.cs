using System.Net;
using System.Net.Http.Json;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Trends;
using VibeDash.Server.Storage;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Alerts;

/// <summary>An alert that is raised again before anybody acknowledged it; with a real broker.</summary>
public sealed class AlertEpisodeTests : ServerTest
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private static readonly AlertRule Silent = new("Silent", new(ScopeKind.Sensor, "VB-1"), new(ConditionKind.NoData),
        [new(Severity.Warning, Limit.TotalSeconds, Limit.TotalSeconds, AlertDelay.AtOnce)]);

    [Fact]
    public async Task Silent_back_and_silent_again_says_since_when_this_time_and_shades_no_good_time_also_after_a_restart()
    {
        using (var body = JsonContent.Create(new RuleEdit(Silent), DashboardJson.Default.RuleEdit))
        using (var response = await Server.Http.PostAsync("api/v1/rules", body, TestContext.Current.CancellationToken))
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
        await using var sensor = await TestSensor.ConnectAsync(Broker);
        var first = await PublishAsync(sensor);
        await RaisedAsync(times: 1);
        var back = await PublishAsync(sensor);
        await Eventually.TrueAsync(async () => (await AlertAsync()).State == AlertState.ReturnedUnacknowledged, "it is back");
        var last = await PublishAsync(sensor);

        var alert = await RaisedAsync(times: 2);

        (alert.State, alert.Since, alert.RaisedAt, alert.ClearedAt).ShouldBe((AlertState.Unacknowledged, last, last + Limit, null));
        (alert.FirstSince, alert.FirstRaisedAt, alert.PreviousClearedAt).ShouldBe((first, first + Limit, back));
        (await SpansAsync(first, to: null)).ShouldBe([Span(first + Limit, back), Span(last + Limit, null)]);
        (await SpansAsync(first, to: back + (last - back) / 2)).ShouldBe([Span(first + Limit, back)]);
        (await SpansAsync(first - Limit, first)).ShouldBeEmpty();

        await RestartServerAsync();
        (await AlertAsync()).ShouldBe(alert);
        (await Server.GetAsync<AlertDetail>("api/v1/alerts/1"))!.ShouldSatisfyAllConditions(
            detail => detail.Alert.ShouldBe(alert),
            detail => detail.Alert.Replay(detail.Transitions).ShouldBe(alert));
        (await Server.GetAsync<AlertPage>($"api/v1/alerts?to={Query(first + Limit)}"))!.Items.ShouldBe([alert], "it was raised for the first time before");
        (await Server.GetAsync<AlertPage>($"api/v1/alerts?raisedFrom={Query(last + Limit)}"))!.Items.ShouldBe([alert]);
        (await Server.GetAsync<AlertPage>($"api/v1/alerts?raisedFrom={Query((last + Limit).AddSeconds(1))}"))!.Items.ShouldBeEmpty();
    }

    private protected override TestBroker CreateBroker() => new Mosquitto();

    private static AlertSpan Span(DateTimeOffset from, DateTimeOffset? to) => new(1, ConditionKind.NoData, Severity.Warning, from, to);

    private static async Task<DateTimeOffset> PublishAsync(TestSensor sensor)
    {
        var at = UnixMicroseconds.Now(TimeProvider.System);
        await sensor.PublishAsync(TestSensor.Event(4, at));
        return at;
    }

    private static string Query(DateTimeOffset time) => Uri.EscapeDataString(FormattableString.Invariant($"{time:O}"));

    private async Task<Alert> AlertAsync() => (await Server.FleetAsync()).OpenAlerts.ShouldHaveSingleItem();

    private Task<Alert> RaisedAsync(int times) => Eventually.GetAsync(
        async () => (await Server.FleetAsync()).OpenAlerts is [{ Facts.IsActive: true } alert] && alert.Raises == times ? alert : null, $"raised {times} times");

    private async Task<AlertSpan[]> SpansAsync(DateTimeOffset from, DateTimeOffset? to) => (await Server.GetAsync<TrendHistory>(
        $"api/v1/sensors/VB-1/history?from={Query(from)}{(to is { } end ? $"&to={Query(end)}" : "")}"))!.Spans;
}
