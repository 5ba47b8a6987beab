using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Notes;
using VibeDash.Core.Readings;
using VibeDash.Core.Trends;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Sensors;
using VibeDash.Server.Tests.Faults;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Sensors;

/// <summary>A sensor is renamed, handed over, merged and deleted over HTTP, and goes on sending over MQTT.</summary>
public sealed class SensorIdentityTests : ServerTest
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_renamed_sensor_keeps_everything_and_still_receives_what_is_sent_with_its_former_id()
    {
        await using var sensor = await TestSensor.ConnectAsync(Broker);
        await sensor.PublishAsync(TestSensor.Event(4, Noon, "VB-l"), "VB-l");
        await sensor.PublishAsync(TestSensor.Event(50, Noon.AddSeconds(1), "VB-l"), "VB-l");
        await PostAsync("sensors/VB-l/notes", """{"from":"2026-03-01T12:00:00Z","kind":"Remark","text":"Mounted"}""", HttpStatusCode.Created);
        await PutAsync("sensors/VB-l/settings", """{"labels":["wet"],"baselineSource":"Manual","baseline":5,"confirmed":true}""");
        await PostAsync("out-of-service", $$"""{"sensorId":"VB-l","reason":"belt","expectedEnd":"{{TimeProvider.System.GetUtcNow().AddDays(1):O}}"}""");
        await PostAsync(
            "rules", """{"rule":{"name":"only it","scope":{"kind":"Sensor","value":"VB-l"},"condition":{"kind":"NoData"},"tiers":[{"severity":"Warning","threshold":99999999,"recovery":99999999,"onDelay":{"readings":1}}]}}""");
        await using var stream = await StreamProbe.OpenAsync(Server);

        var extent = await ChangeAsync("VB-l/rename", "VB-1");

        (extent.SensorId, extent.Readings, extent.Alerts, extent.OpenAlerts, extent.Notes).ShouldBe(("VB-1", 2, 1, 1, 1));
        extent.FormerIds.ShouldBe(["VB-l"]);
        (await stream.NextAsync("removed", DashboardJson.Default.StringArray)).Data.ShouldBe(["VB-l"]);
        (await stream.NextAsync("sensors", DashboardJson.Default.SensorSnapshotArray)).Data.Select(changed => changed.SensorId).ShouldContain("VB-1");
        await HoldsAsync(level: 50);
        using (var gone = await Server.Http.GetAsync("api/v1/sensors/VB-l", TestContext.Current.CancellationToken))
            gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);

        await RestartServerAsync();
        await HoldsAsync(level: 50);
        await using var later = await TestSensor.ConnectAsync(Broker);
        await later.PublishAsync(TestSensor.Event(60, Noon.AddSeconds(2), "VB-l"), "VB-l");
        await later.PublishAsync(TestSensor.Event(61, Noon.AddSeconds(3), "VB-1"), "VB-1");
        await HoldsAsync(level: 61);
        (await HistoryAsync("VB-1")).Buckets.Sum(bucket => bucket.Count).ShouldBe(4);

        async Task HoldsAsync(double level)
        {
            var fleet = await Server.FleetAsync();
            var shown = fleet.Sensors.ShouldHaveSingleItem();
            (shown.SensorId, shown.Level, shown.Labels!.Single(), shown.BaselineInForce?.Level, shown.IsOutOfService).ShouldBe(("VB-1", level, "wet", 5, true));
            fleet.OpenAlerts.ShouldHaveSingleItem().SensorId.ShouldBe("VB-1");
            (await Server.GetAsync<Note[]>("api/v1/sensors/VB-1/notes"))!.ShouldHaveSingleItem().SensorId.ShouldBe("VB-1");
            (await Server.GetAsync<OutOfService[]>("api/v1/out-of-service"))!.ShouldHaveSingleItem().SensorId.ShouldBe("VB-1");
            var rule = (await Server.GetAsync<RuleMatch[]>("api/v1/sensors/VB-1/rules"))!.Single(match => match.Rule.Name == "only it");
            (rule.Applies, rule.Rule.Scope.Value, rule.Rule.Version).ShouldBe((true, "VB-1", 2));
            var command = (await Server.GetAsync<CommandEntry[]>("api/v1/commands"))!.Single(entry => entry.Name == "RenameSensor");
            (command.By, command.Subject, command.Detail, command.Refusal).ShouldBe(("Ada", "VB-l", "VB-1: typing error", null));
        }
    }

    [Fact]
    public async Task An_id_that_a_sensor_has_or_had_is_refused_and_a_former_id_can_be_released()
    {
        await Server.PostEventsAsync(TestSensor.Event(4, Noon, "A"), TestSensor.Event(5, Noon, "B"));
        await ChangeAsync("A/rename", "C");

        (await RefusedAsync("C/rename", "B", HttpStatusCode.Conflict)).ShouldBe(Refusal.Of(RefusalCode.SensorIdTaken, "B", "B"));
        (await RefusedAsync("B/rename", "A", HttpStatusCode.Conflict)).ShouldBe(Refusal.Of(RefusalCode.SensorIdTaken, "A", "C"));
        (await RefusedAsync("C/rename", "C", HttpStatusCode.Conflict)).ShouldBe(Refusal.Of(RefusalCode.SensorIdTaken, "C", "C"));
        (await RefusedAsync("A/rename", "D", HttpStatusCode.NotFound)).ShouldBe(Refusal.Of(RefusalCode.SensorUnknown, "A"));
        (await RefusedAsync("C/rename", "a/b", HttpStatusCode.BadRequest)).Faults.ShouldHaveSingleItem().Field.ShouldBe("to");
        (await RefusedAsync("C/merge", "NOPE", HttpStatusCode.NotFound)).ShouldBe(Refusal.Of(RefusalCode.SensorUnknown, "NOPE"));

        // A chain of names, and back to the first one.
        await ChangeAsync("C/rename", "D");
        await Server.PostEventsAsync(TestSensor.Event(6, Noon.AddSeconds(1), "A"), TestSensor.Event(7, Noon.AddSeconds(2), "C"));
        (await Server.FleetAsync()).Sensors.Select(sensor => (sensor.SensorId, sensor.Level)).ShouldBe([("D", 7), ("B", 5)], ignoreOrder: true);
        (await ChangeAsync("D/rename", "A")).FormerIds.ShouldBe(["C", "D"]);

        using (var released = await Server.Http.DeleteAsync("api/v1/sensors/A/former-ids/C?reason=other%20machine", TestContext.Current.CancellationToken))
            (await released.Content.ReadFromJsonAsync(DashboardJson.Default.SensorExtent, TestContext.Current.CancellationToken))!.FormerIds.ShouldBe(["D"]);
        using (var unknown = await Server.Http.DeleteAsync("api/v1/sensors/A/former-ids/C?reason=x", TestContext.Current.CancellationToken))
            unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await Server.PostEventsAsync(TestSensor.Event(8, Noon.AddSeconds(3), "C"));
        (await Server.FleetAsync()).Sensors.Select(sensor => (sensor.SensorId, sensor.Level)).ShouldBe([("A", 7), ("B", 5), ("C", 8)], ignoreOrder: true);
    }

    [Fact]
    public async Task A_deleted_sensor_is_gone_with_all_its_rows_also_after_a_restart_in_the_middle_and_a_new_one_may_have_its_id()
    {
        await FillAsync("TYPO", 3000, Noon);
        await Server.PostEventsAsync(TestSensor.Event(90, Noon.AddSeconds(3000), "TYPO"), TestSensor.Event(91, Noon.AddSeconds(3000), "OTHER"));
        await PostAsync("sensors/TYPO/notes", """{"from":"2026-03-01T12:00:00Z","kind":"Remark","text":"Wrong"}""", HttpStatusCode.Created);
        (await Server.FleetAsync()).OpenAlerts.Select(alert => alert.SensorId).ShouldContain("TYPO");
        await using var stream = await StreamProbe.OpenAsync(Server);

        using (var response = await Server.Http.DeleteAsync("api/v1/sensors/TYPO", TestContext.Current.CancellationToken))
            response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using (var response = await Server.Http.DeleteAsync("api/v1/sensors/TYPO?reason=typing%20error", TestContext.Current.CancellationToken))
        {
            var extent = (await response.Content.ReadFromJsonAsync(DashboardJson.Default.SensorExtent, TestContext.Current.CancellationToken))!;
            (extent.Readings, extent.OpenAlerts, extent.Notes).ShouldBe((3001, 1, 1));
        }

        (await stream.NextAsync("removed", DashboardJson.Default.StringArray)).Data.ShouldBe(["TYPO"]);
        var ended = (await stream.NextAsync("alerts", DashboardJson.Default.AlertChangeArray)).Data[^1];
        (ended.Alert.SensorId, ended.Alert.State, ended.Transition.By, ended.Transition.Note, ended.Transition.Cause).ShouldBe(
            ("TYPO", AlertState.Normal, "Ada", "typing error", AlertCause.Of(TransitionCause.SensorDeleted)));
        await GoneAsync();
        await RestartServerAsync();
        await GoneAsync();

        // Sent once more: a sensor without history. The alert of the deleted one is deleted, its own is not.
        await Server.PostEventsAsync(TestSensor.Event(4, Noon.AddDays(2), "TYPO"), TestSensor.Event(92, Noon.AddDays(2).AddSeconds(1), "TYPO"));
        await Eventually.TrueAsync(() => Task.FromResult(Rows("RemovedSensors") == 0), "all its rows are deleted");
        (Rows("Segments"), Rows("Rollups"), Rows("Notes"), Rows("Readings")).ShouldBe((0, 0, 0, 3));
        (await Server.GetAsync<SensorExtent>("api/v1/sensors/TYPO/extent"))!.ShouldBeEquivalentTo(new SensorExtent("TYPO", 2, 1, 1, 0, []));
        (await Server.FleetAsync()).OpenAlerts.Select(alert => alert.SensorId).ShouldBe(["OTHER", "TYPO"], ignoreOrder: true);
        (await HistoryAsync("TYPO")).Buckets.Sum(bucket => bucket.Count).ShouldBe(2);

        // The journal goes on where it was.
        await RestartServerAsync();
        var journal = StoredJournal();
        journal.ShouldBe(journal.Order().Distinct());

        async Task GoneAsync()
        {
            var fleet = await Server.FleetAsync();
            fleet.Sensors.ShouldHaveSingleItem().SensorId.ShouldBe("OTHER");
            fleet.OpenAlerts.ShouldAllBe(alert => alert.SensorId == "OTHER");
            using var response = await Server.Http.GetAsync("api/v1/sensors/TYPO/readings.csv", TestContext.Current.CancellationToken);
            response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task The_history_of_a_replaced_sensor_goes_on_under_its_successor_with_a_mark_at_the_change()
    {
        await FillAsync("OLD", 3000, Noon);
        await Server.PostEventsAsync(TestSensor.Event(90, Noon.AddSeconds(3000), "OLD"));
        await PutAsync("sensors/OLD/settings", """{"labels":["dry"],"baselineSource":"Learned","learnFrom":"2026-03-01T12:00:00Z"}""");
        var change = Noon.AddHours(2);
        await Server.PostEventsAsync(Enumerable.Range(0, 20).Select(i => TestSensor.Event(3, change.AddSeconds(i), "NEW")));

        var extent = await ChangeAsync("OLD/hand-over", "NEW");

        (extent.SensorId, extent.Readings, extent.OpenAlerts, extent.Notes).ShouldBe(("NEW", 3021, 0, 1));
        var fleet = await Server.FleetAsync();
        var shown = fleet.Sensors.ShouldHaveSingleItem();
        (shown.SensorId, shown.Level, shown.Labels!.Single()).ShouldBe(("NEW", 3, "dry"));
        shown.BaselineInForce.ShouldBe(new(BaselineSource.Learned, null, "m/s²", change, "Ada"));
        shown.Learning!.Readings.ShouldBe(20);
        var mark = (await Server.GetAsync<Note[]>("api/v1/sensors/NEW/notes"))!.ShouldHaveSingleItem();
        (mark.From, mark.Kind, mark.Text, mark.By).ShouldBe((change, NoteKind.MaintenanceDone, "Sensor OLD replaced by NEW. typing error", "Ada"));
        var alerts = (await Server.GetAsync<AlertPage>("api/v1/alerts"))!.Items;
        (alerts.Single().SensorId, alerts.Single().State).ShouldBe(("NEW", AlertState.Normal));
        (await Server.GetAsync<AlertDetail>($"api/v1/alerts/{alerts.Single().Id}"))!.Transitions[^1].Cause.ShouldBe(AlertCause.Of(TransitionCause.SensorJoined, "NEW"));
        (await HistoryAsync("NEW")).Buckets.Sum(bucket => bucket.Count).ShouldBe(3021);

        // What the old one had in its buffer is late, and of the same place.
        await Server.PostEventsAsync(TestSensor.Event(5, Noon.AddHours(1).AddMinutes(1), "OLD"));
        await RestartServerAsync();
        (await Server.FleetAsync()).Sensors.ShouldHaveSingleItem().Level.ShouldBe(3);
        (await HistoryAsync("NEW")).Buckets.Sum(bucket => bucket.Count).ShouldBe(3022);
        Rows("Sensors").ShouldBe(1);
    }

    [Fact]
    public async Task A_successor_that_has_sent_nothing_yet_takes_over_too()
    {
        await Server.PostEventsAsync(TestSensor.Event(4, Noon, "OLD"), TestSensor.Event(90, Noon.AddSeconds(1), "OLD"));
        await PutAsync("sensors/OLD/settings", """{"baselineSource":"Manual","baseline":5,"confirmed":true}""");

        (await ChangeAsync("OLD/hand-over", "NEW")).ShouldBeEquivalentTo(new SensorExtent("NEW", 2, 1, 0, 1, ["OLD"]));

        await Server.PostEventsAsync(TestSensor.Event(6, Noon.AddSeconds(2), "NEW"));
        var shown = (await Server.FleetAsync()).Sensors.ShouldHaveSingleItem();
        (shown.SensorId, shown.Level, shown.BaselineInForce?.Level).ShouldBe(("NEW", 6, 5));
    }

    [Theory]
    [InlineData("vb-1", "VB-1")]
    [InlineData("VB-1", "vb-1")]
    public async Task Two_ids_of_one_device_are_merged_and_each_reading_is_there_once(string from, string to)
    {
        // Two gateways sent the same for a while, then each some of its own: one with a sealed history, the other without.
        await FillAsync("VB-1", 3000, Noon);
        await FillAsync("vb-1", 500, Noon.AddSeconds(2600));
        await FillAsync("vb-1", 100, Noon.AddSeconds(10_000));

        var extent = await ChangeAsync($"{from}/merge", to);

        (extent.SensorId, extent.Readings).ShouldBe((to, 3200));
        var fleet = await Server.FleetAsync();
        fleet.Sensors.ShouldHaveSingleItem().Timestamp.ShouldBe(Noon.AddSeconds(10_099));
        (await HistoryAsync(to)).Buckets.Sum(bucket => bucket.Count).ShouldBe(3200);
        (await Server.GetAsync<Note[]>($"api/v1/sensors/{to}/notes"))!.ShouldHaveSingleItem().Kind.ShouldBe(NoteKind.Remark);
        await Server.PostEventsAsync(TestSensor.Event(4, Noon.AddDays(1), "VB-1"), TestSensor.Event(4, Noon.AddDays(1).AddSeconds(1), "vb-1"));
        await RestartServerAsync();
        (await Server.GetAsync<SensorExtent>($"api/v1/sensors/{to}/extent"))!.Readings.ShouldBe(3202);
        (await Server.FleetAsync()).Sensors.ShouldHaveSingleItem().SensorId.ShouldBe(to);
        var readings = StoredReadings();
        readings.Count.ShouldBe(3202);
        readings.ShouldBeInOrder();
        (Rows("Sensors"), Rows("RemovedSensors")).ShouldBe((1, 0));
    }

    [Theory]
    [InlineData("A", "B")]
    [InlineData("B", "A")]
    public async Task Sensors_are_not_merged_while_the_history_of_one_is_being_evaluated_and_can_be_afterwards(string from, string to)
    {
        // Two hundred alerts to find: a portion of them has to wait for the commit that is held.
        var settings = """{"baselineSource":"Manual","baseline":4,"confirmed":true}""";
        await Server.PostEventsAsync(Enumerable.Range(0, 1000).Select(i => TestSensor.Event(i % 5 == 0 ? 2 : 50, Noon.AddSeconds(i), "A", baseline: 100)));
        await Server.PostEventsAsync(TestSensor.Event(2, Noon.AddSeconds(2000), "A", baseline: 100), TestSensor.Event(2, Noon, "B"));
        await PutAsync("sensors/A/settings", settings);

        Task<HttpResponseMessage> evaluating;
        Task<Refusal> refused;
        using (var held = await HeldCommit.StartAsync(Server))
        {
            await held.UnderWayAsync();
            evaluating = Server.Http.PostAsync("api/v1/sensors/A/history-evaluation", null, TestContext.Current.CancellationToken);
            await Eventually.TrueAsync(() => Task.FromResult(Server.Services.GetRequiredService<HistoryEvaluations>().UnderWay == "A"), "the evaluation is about to begin");
            refused = RefusedAsync($"{from}/merge", to, HttpStatusCode.Conflict);
            await Eventually.TrueAsync(() => Task.FromResult(Server.Services.GetRequiredService<EventQueue>().Reader.Count >= 2), "both are asked for");
        }

        (await refused).ShouldBe(Refusal.Of(RefusalCode.HistoryEvaluationUnderWay, "A"));
        (await evaluating).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var run = await Eventually.GetAsync(
            async () => await Server.GetAsync<HistoryEvaluation>("api/v1/history-evaluation") is { EndedAt: not null } ended ? ended : null, "the history is evaluated");
        (run.Fault, run.Backfilled, run.Raised).ShouldBe((null, 200, 0));
        (await ChangeAsync($"{from}/merge", to)).Readings.ShouldBe(1002);
        (await Server.GetAsync<AlertPage>($"api/v1/alerts?sensorId={to}&limit=500"))!.Items.Length.ShouldBe(200);
    }

    [Fact]
    public async Task A_sensor_that_gets_the_id_of_a_deleted_one_keeps_its_alerts_and_gets_none_of_the_other()
    {
        // The deleted sensor has the newest alert, which stays until there is another.
        await Server.PostEventsAsync(TestSensor.Event(50, Noon, "VB1"), TestSensor.Event(60, Noon.AddSeconds(1), "VB-1"));
        using (var response = await Server.Http.DeleteAsync("api/v1/sensors/VB-1?reason=typing%20error", TestContext.Current.CancellationToken))
            response.StatusCode.ShouldBe(HttpStatusCode.OK);

        await ChangeAsync("VB1/rename", "VB-1");
        await Server.PostEventsAsync(TestSensor.Event(70, Noon.AddSeconds(2), "VB-1"), TestSensor.Event(80, Noon.AddSeconds(3), "OTHER"));
        await Eventually.TrueAsync(() => Task.FromResult(Rows("RemovedSensors") == 0), "what is left of the deleted sensor is deleted");

        await RestartServerAsync();
        var alert = (await Server.GetAsync<AlertPage>("api/v1/alerts?sensorId=VB-1"))!.Items.ShouldHaveSingleItem();
        (alert.State, alert.Level, alert.PeakLevel).ShouldBe((AlertState.Unacknowledged, 50, 70));
        (await Server.GetAsync<DeadLetter[]>("api/v1/dead-letters"))!.ShouldBeEmpty();
    }

    [Fact]
    public async Task Sensors_whose_units_cannot_be_converted_are_not_joined()
    {
        await Server.PostEventsAsync(TestSensor.Event(4, Noon, "A"), TestSensor.Event(4, Noon, "B").Replace("m/s²", "mm/s", StringComparison.Ordinal));

        foreach (var change in (string[])["merge", "hand-over"])
            (await RefusedAsync($"A/{change}", "B", HttpStatusCode.Conflict)).ShouldBe(Refusal.Of(RefusalCode.UnitsNotComparable, "m/s²", "mm/s"));
        (await Server.FleetAsync()).Sensors.Length.ShouldBe(2);
    }

    private protected override TestBroker CreateBroker() => new EmbeddedTestBroker();

    // The event id is the second: the same event of two senders has the same id.
    private async Task FillAsync(string sensorId, int count, DateTimeOffset from)
    {
        foreach (var part in Enumerable.Range(0, count).Chunk(1500))
            await Server.PostEventsAsync(part.Select(i => TestSensor.Event(4, from.AddSeconds(i), sensorId, from.AddSeconds(i).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture))));
    }

    private async Task<TrendHistory> HistoryAsync(string sensorId) =>
        (await Server.GetAsync<TrendHistory>($"api/v1/sensors/{sensorId}/history?from=2026-03-01T00:00:00Z&to=2026-03-05T00:00:00Z"))!;

    private Task<SensorExtent> ChangeAsync(string path, string to) => SendAsync(
        path, to, async response =>
        {
            response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            return (await response.Content.ReadFromJsonAsync(DashboardJson.Default.SensorExtent, TestContext.Current.CancellationToken))!;
        });

    private Task<Refusal> RefusedAsync(string path, string to, HttpStatusCode status) => SendAsync(
        path, to, async response =>
        {
            response.StatusCode.ShouldBe(status);
            return (await response.Content.ReadFromJsonAsync(DashboardJson.Default.Problem, TestContext.Current.CancellationToken))!.ToRefusal()!;
        });

    private async Task<T> SendAsync<T>(string path, string to, Func<HttpResponseMessage, Task<T>> read)
    {
        using var body = JsonContent.Create(new SensorChangeRequest(to, "typing error"), DashboardJson.Default.SensorChangeRequest);
        using var response = await Server.Http.PostAsync($"api/v1/sensors/{path}", body, TestContext.Current.CancellationToken);
        return await read(response);
    }

    private async Task PostAsync(string path, string json, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var body = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using var response = await Server.Http.PostAsync($"api/v1/{path}", body, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(status, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private async Task PutAsync(string path, string json)
    {
        using var body = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using var response = await Server.Http.PutAsync($"api/v1/{path}", body, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private long Rows(string table) => Column($"SELECT count(*) FROM {table}").Single();

    private List<long> StoredJournal() => Column("SELECT Position FROM AlertTransitions ORDER BY Position");

    private List<DateTimeOffset> StoredReadings() => [.. StoredRecord.Load(Folder).Readings.Select(reading => reading.Timestamp)];

    private List<long> Column(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Folder, "vibedash.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var rows = command.ExecuteReader();
        var found = new List<long>();
        while (rows.Read())
            found.Add(rows.GetInt64(0));
        return found;
    }
}
