using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.Data.Sqlite;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Readings;
using VibeDash.Core.Trends;
using VibeDash.Server.Storage;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.History;

/// <summary>Baseline and thresholds over history as they were in force then, over HTTP.</summary>
public sealed class PastLimitsTests : ServerTest
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly DateTimeOffset From = Noon.AddHours(-1);

    // Until the reading after that of a minute; a change by a person is in force from then on.
    private static DateTimeOffset After(int minute) => Noon.AddMinutes(minute).AddMicroseconds(1);

    [Fact]
    public async Task Each_was_in_force_for_its_own_readings()
    {
        await SendAsync(0, 10, baseline: 4);
        (await LimitsAsync()).ShouldHaveSingleItem().ShouldBe(From, null, 4, 8, 12);

        await SetAsync("""{"baselineSource":"Manual","baseline":5}""");
        await SendAsync(10, 10, baseline: 4);
        await ChangeRuleAsync(warning: 2.5);
        await SendAsync(20, 10, baseline: 4);
        await SetAsync("""{"baselineSource":"Learned","learnFrom":"2026-03-01T12:30:00Z","learnReadings":20,"learnHours":0}""");
        await SendAsync(30, 30, baseline: 4, level: 6);

        // Typed twice before the next reading: only what readings were compared with is drawn.
        await SetAsync("""{"baselineSource":"Manual","baseline":9}""");
        await SetAsync("""{"baselineSource":"Manual","baseline":7}""");
        await SendAsync(60, 1, baseline: 4);

        for (var i = 0; i < 2; i++)
        {
            var limits = await LimitsAsync();
            limits.Length.ShouldBe(6);
            limits[0].ShouldBe(From, After(9), 4, 8, 12);
            limits[1].ShouldBe(After(9), After(19), 5, 10, 15);
            limits[2].ShouldBe(After(19), After(29), 5, 12.5, 15);
            limits[3].ShouldBe(After(29), Noon.AddMinutes(49), 4, 10, 12);
            limits[4].ShouldBe(Noon.AddMinutes(49), After(59), 6, 15, 18);
            limits[5].ShouldBe(After(59), null, 7, 17.5, 21);
            await RestartServerAsync();
        }

        // A range in the past has what was in force in it, and only that.
        var past = await LimitsAsync(Noon.AddMinutes(12), Noon.AddMinutes(25));
        past.Length.ShouldBe(2);
        past[0].ShouldBe(After(9), After(19), 5, 10, 15);
        past[1].ShouldBe(After(19), After(29), 5, 12.5, 15);
    }

    [Fact]
    public async Task A_baseline_that_the_sensor_sends_is_on_record_when_it_visibly_changes()
    {
        await SendAsync(0, 10, baseline: 4);
        await SendAsync(10, 10, baseline: 4.01);
        await SendAsync(20, 10, baseline: 6);

        var limits = await LimitsAsync();

        limits.Length.ShouldBe(2);
        limits[0].ShouldBe(From, Noon.AddMinutes(20), 4, 8, 12);
        limits[1].ShouldBe(Noon.AddMinutes(20), null, 6, 12, 18);
    }

    [Fact]
    public async Task A_rule_that_is_deleted_or_switched_off_ends_and_a_label_brings_another()
    {
        await SendAsync(0, 2, baseline: 4);
        await AddRuleAsync("""{"name":"wet","scope":{"kind":"Label","value":"wet"},"condition":{"kind":"LevelAbove","unit":"m/s²"},"tiers":[{"severity":"Advisory","threshold":3,"recovery":2,"onDelay":{"readings":1}}]}""");
        await SetAsync("""{"labels":["wet"]}""");
        await SendAsync(2, 2, baseline: 4);
        using (var deleted = await Server.Http.DeleteAsync("api/v1/rules/1", TestContext.Current.CancellationToken))
            deleted.StatusCode.ShouldBe(HttpStatusCode.OK);
        await SendAsync(4, 1, baseline: 4);

        var limits = await LimitsAsync();

        limits.Length.ShouldBe(3);
        limits[0].ShouldBe(From, After(1), 4, 8, 12);
        limits[1].ShouldBe(After(1), After(3), 4, 8, 12, 3);
        limits[2].ShouldBe(After(3), null, 4, 3);
    }

    [Fact]
    public async Task They_are_in_the_unit_of_the_answer_or_not_drawn()
    {
        await SendAsync(0, 2, baseline: 0.4, level: 0.5, unit: "g");
        await SendAsync(2, 2, baseline: 3.92266, level: 4.9);
        (await LimitsAsync()).ShouldHaveSingleItem("the same baseline in another unit is no change to be seen")
            .ShouldBe(From, null, 3.92266, 7.84532, 11.76798);

        await SendAsync(4, 2, baseline: 2, level: 2, unit: "mm/s");
        var limits = await LimitsAsync();
        limits.Length.ShouldBe(2);
        limits[0].ShouldBe(From, Noon.AddMinutes(4), null);
        limits[1].ShouldBe(Noon.AddMinutes(4), null, 2, 4, 6);
    }

    [Fact]
    public async Task A_successor_has_those_of_its_predecessor_before_its_first_reading()
    {
        await SendAsync(0, 2, baseline: 4, sensor: "OLD");
        await SetAsync("""{"baselineSource":"Manual","baseline":5}""", "OLD");
        await SendAsync(2, 2, baseline: 4, sensor: "OLD");
        await SendAsync(10, 2, baseline: 3);

        await PostAsync("sensors/OLD/hand-over");

        for (var i = 0; i < 2; i++)
        {
            var limits = await LimitsAsync();
            limits.Length.ShouldBe(4);
            limits[0].ShouldBe(From, After(1), 4, 8, 12);
            limits[1].ShouldBe(After(1), Noon.AddMinutes(10), 5, 10, 15);
            limits[2].ShouldBe(Noon.AddMinutes(10), After(11), 3, 6, 9);
            limits[3].ShouldBe(After(11), null, 5, 10, 15);
            await RestartServerAsync();
        }
    }

    [Fact]
    public async Task A_merged_sensor_keeps_its_own_and_of_a_deleted_one_nothing_is_left()
    {
        await SendAsync(0, 1, baseline: 9, sensor: "OLD");
        await SendAsync(1, 1, baseline: 8, sensor: "OLD");
        await SendAsync(0, 2, baseline: 4);
        await SendAsync(2, 2, baseline: 5);

        await PostAsync("sensors/OLD/merge");

        var limits = await LimitsAsync();
        limits.Length.ShouldBe(2);
        limits[0].ShouldBe(From, Noon.AddMinutes(2), 4, 8, 12);
        limits[1].ShouldBe(Noon.AddMinutes(2), null, 5, 10, 15);
        Rows().ShouldBe(1);
        using (var deleted = await Server.Http.DeleteAsync("api/v1/sensors/VB-1?reason=gone", TestContext.Current.CancellationToken))
            deleted.StatusCode.ShouldBe(HttpStatusCode.OK);
        await Eventually.TrueAsync(() => Task.FromResult(Rows() == 0), "its record is deleted");
    }

    [Fact]
    public async Task A_sender_that_changes_its_baseline_all_the_time_fills_no_disk()
    {
        await Server.PostEventsAsync(Enumerable.Range(0, LimitsWriter.Maximum + 50).Select(i => TestSensor.Event(4, Noon.AddSeconds(i), baseline: i % 2 == 0 ? 4 : 5)));

        var limits = await LimitsAsync();

        Rows().ShouldBe(LimitsWriter.Maximum);
        limits.Length.ShouldBe(LimitsWriter.Maximum + 1);
        limits[0].ShouldBe(From, Noon.AddSeconds(50), null);
        limits[1].ShouldBe(Noon.AddSeconds(50), Noon.AddSeconds(51), 4, 8, 12);
    }

    private protected override TestBroker CreateBroker() => new EmbeddedTestBroker();

    // One reading a minute, over HTTP.
    private Task SendAsync(int first, int count, double baseline, double level = 4, string unit = "m/s²", string sensor = "VB-1") => Server.PostEventsAsync(
        Enumerable.Range(first, count).Select(minute => TestSensor.Event(level, Noon.AddMinutes(minute), sensor).Replace("\"m/s²\"", $"\"{unit}\"", StringComparison.Ordinal)
            .Replace("\"baselineVibrationLevel\":4.0", FormattableString.Invariant($"\"baselineVibrationLevel\":{baseline}"), StringComparison.Ordinal)));

    private async Task<TrendLimits[]> LimitsAsync(DateTimeOffset? from = null, DateTimeOffset? to = null) => (await Server.GetAsync<TrendHistory>(
        $"api/v1/sensors/VB-1/history?from={from ?? From:yyyy-MM-ddTHH:mm:ssZ}&to={to ?? Noon.AddHours(2):yyyy-MM-ddTHH:mm:ssZ}"))!.Limits;

    private Task SetAsync(string settings, string sensor = "VB-1") => RequestAsync(HttpMethod.Put, $"sensors/{sensor}/settings", settings.Replace("\"Manual\"", "\"Manual\",\"confirmed\":true", StringComparison.Ordinal));

    private Task AddRuleAsync(string rule) => RequestAsync(HttpMethod.Post, "rules", $$"""{"rule":{{rule}}}""");

    private Task PostAsync(string path) => RequestAsync(HttpMethod.Post, path, """{"to":"VB-1","reason":"replaced"}""");

    private async Task ChangeRuleAsync(double warning)
    {
        var rule = (await Server.GetAsync<RuleVersion[]>("api/v1/rules"))!.Single(version => version.Rule.Id == 1).Rule;
        rule = rule with { Tiers = [rule.Tiers[0] with { Threshold = warning }, .. rule.Tiers.Skip(1)] };
        using var response = await Server.Http.PutAsJsonAsync("api/v1/rules/1", new RuleEdit(rule), DashboardJson.Default.RuleEdit, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
    }

    private async Task RequestAsync(HttpMethod method, string path, string body)
    {
        using var response = await Server.SendAsync(method, $"api/v1/{path}", new StringContent(body, Encoding.UTF8, "application/json"), "Ada");
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private long Rows()
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Folder, "vibedash.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var count = connection.CreateCommand();
        count.CommandText = "SELECT count(*) FROM SensorLimits";
        return (long)count.ExecuteScalar()!;
    }
}
