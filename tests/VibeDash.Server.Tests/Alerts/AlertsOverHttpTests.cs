using System.Net.Http.Json;
using System.Net;
using System.Text.Json.Serialization.Metadata;
using System.Text.Json;
using System.Text;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Faults;
using VibeDash.Core.Readings;
using VibeDash.Server.Storage;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Alerts;

/// <summary>User actions on alerts, rules and sensors over HTTP, and their state after a restart.</summary>
public sealed class AlertsOverHttpTests : ServerTest
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly AlertRule Above = new("Loud", new(ScopeKind.Machine, "Hall 1, Pump 2"), new(ConditionKind.LevelAbove) { Unit = "mm/s²" },
        [new(Severity.Advisory, 5000, 4500, AlertDelay.AtOnce)]);

    private static DateTimeOffset Tomorrow => TimeProvider.System.GetUtcNow().AddDays(1);

    private int _second;

    [Fact]
    public async Task A_rule_is_evaluated_from_the_next_reading_on_in_the_unit_of_the_sensor_and_names_its_version()
    {
        await PublishAsync("VB-1", 6);
        var added = await SendAsync(HttpMethod.Post, "rules", new RuleEdit(Above), DashboardJson.Default.RuleEdit, DashboardJson.Default.AlertRule);
        added.Body!.Version.ShouldBe(1);

        await PublishAsync("VB-1", 6.5);
        var alert = (await OpenAsync()).ShouldHaveSingleItem();
        (alert.Kind, alert.Severity, alert.RuleId, alert.RuleVersion, alert.Level, alert.Threshold, alert.Unit).ShouldBe(
            (ConditionKind.LevelAbove, Severity.Advisory, added.Body.Id, 1, 6.5, 5, "m/s²"));
        (await Server.GetAsync<RuleMatch[]>("api/v1/sensors/VB-1/rules"))!.Single(match => match.Rule.Name == "Loud").Applies.ShouldBeTrue();

        var edited = await SendAsync(HttpMethod.Put, $"rules/{alert.RuleId}", new RuleEdit(added.Body with { Name = "Too loud" }), DashboardJson.Default.RuleEdit, DashboardJson.Default.AlertRule, "Bob");
        edited.Body!.Version.ShouldBe(2);
        var overtaken = await SendAsync(HttpMethod.Put, $"rules/{alert.RuleId}", new RuleEdit(added.Body), DashboardJson.Default.RuleEdit, DashboardJson.Default.AlertRule, "Eve");
        (overtaken.Status, overtaken.Problem!.ToRefusal()).ShouldBe((HttpStatusCode.Conflict, Refusal.Of(RefusalCode.RuleChanged, 2)));
        (await Server.GetAsync<RuleVersion[]>($"api/v1/rules/{alert.RuleId}/versions"))!.Select(version => (version.Rule.Version, version.ChangedBy, version.IsCurrent))
            .ShouldBe([(2, "Bob", true), (1, "Ada", false)]);

        (await SendAsync<string, AlertRule>(HttpMethod.Delete, $"rules/{alert.RuleId}", null, null, DashboardJson.Default.AlertRule, "Jörg")).Body!.Name.ShouldBe("Too loud");
        var ended = (await OpenAsync()).ShouldHaveSingleItem();
        (ended.State, ended.ClearCause, ended.ClearedBy).ShouldBe((AlertState.ReturnedUnacknowledged, AlertCause.Of(TransitionCause.RuleGone), "Jörg"));
        var entry = (await DetailAsync(alert.Id)).Transitions[^1];
        (entry.Trigger, entry.Cause, entry.By).ShouldBe((AlertTrigger.Cleared, AlertCause.Of(TransitionCause.RuleGone), "Jörg"));
    }

    [Theory]
    [InlineData("switched off", TransitionCause.RuleGone, "Eve")]
    [InlineData("moved", TransitionCause.RuleGone, "Eve")]
    [InlineData("label taken off", TransitionCause.RuleGone, "Eve")]
    [InlineData("sensor moved", TransitionCause.SensorChanged, null)]
    [InlineData("unit changed", TransitionCause.SensorChanged, null)]
    public async Task An_alert_that_no_rule_evaluates_any_more_says_why_and_by_whom_until_it_is_acknowledged_also_after_a_restart(string how, TransitionCause cause, string? by)
    {
        await PublishAsync("VB-1", 4);
        await SendAsync(HttpMethod.Put, "sensors/VB-1/settings", new SensorSettings { Labels = ["loud"] }, DashboardJson.Default.SensorSettings, DashboardJson.Default.SensorSettings);
        var scope = how == "label taken off" ? new AlertScope(ScopeKind.Label, "loud") : Above.Scope;
        var rule = (await SendAsync(HttpMethod.Post, "rules", new RuleEdit(Above with { Scope = scope }), DashboardJson.Default.RuleEdit, DashboardJson.Default.AlertRule)).Body!;
        await PublishAsync("VB-1", 6.5);
        (await OpenAsync()).ShouldHaveSingleItem().State.ShouldBe(AlertState.Unacknowledged);

        await (how switch
        {
            "switched off" => PutAsync(rule with { IsEnabled = false }),
            "moved" => PutAsync(rule with { Scope = new(ScopeKind.Machine, "Hall 7, Pump 7") }),
            "label taken off" => SendAsync(HttpMethod.Put, "sensors/VB-1/settings", new SensorSettings { Labels = [] }, DashboardJson.Default.SensorSettings, DashboardJson.Default.SensorSettings, "Eve"),
            "sensor moved" => PublishAsync("VB-1", 6.5, "Hall 7, Pump 7"),
            _ => PublishAsync("VB-1", 6.5, unit: "mm/s"),
        });

        await IsEndedAsync();
        await RestartServerAsync();
        await IsEndedAsync();
        await ActAsync(new(AlertTrigger.Acknowledged) { AlertIds = [1] });
        (await OpenAsync()).ShouldBeEmpty();
        (await DetailAsync(1)).ShouldSatisfyAllConditions(
            detail => detail.Alert.IsUnevaluated.ShouldBeTrue(),
            detail => detail.Alert.Replay(detail.Transitions).ShouldBe(detail.Alert with { PeakLevel = 6.5 }));

        Task PutAsync(AlertRule edit) => SendAsync(HttpMethod.Put, $"rules/{rule.Id}", new RuleEdit(edit), DashboardJson.Default.RuleEdit, DashboardJson.Default.AlertRule, "Eve");

        async Task IsEndedAsync()
        {
            var alert = (await OpenAsync()).ShouldHaveSingleItem();
            (alert.State, alert.IsUnevaluated, alert.ClearCause, alert.ClearedBy).ShouldBe((AlertState.ReturnedUnacknowledged, true, AlertCause.Of(cause), by));
        }
    }

    [Fact]
    public async Task All_alerts_that_match_are_acknowledged_and_counted_and_the_list_is_filtered_by_the_same()
    {
        await PublishAsync("VB-1", 50);
        await PublishAsync("VB-2", 50, "Hall 2, Pump 1");
        var seen = (await Server.FleetAsync()).JournalPosition;
        await PublishAsync("VB-3", 50);
        (await ListAsync("place=hall%201")).ShouldBe(["VB-3", "VB-1"]);
        (await ListAsync("machine=Hall%202,%20Pump%201&kind=baselinemultiple")).ShouldBe(["VB-2"]);
        (await ListAsync("kind=NoData")).ShouldBeEmpty();
        (await ListAsync("ruleId=999")).ShouldBeEmpty();

        var done = await AcknowledgeAsync(new(new AlertCriteria { Place = "Hall 1" }, seen));

        (done.Body!.Acknowledged, done.Body.Refused, done.Body.Refusals.Single().Alert!.SensorId).ShouldBe((1, 1, "VB-3"));
        (await OpenAsync()).OrderBy(alert => alert.Id).Select(alert => alert.State).ShouldBe([AlertState.Acknowledged, AlertState.Unacknowledged, AlertState.Unacknowledged]);
        var refused = await AcknowledgeAsync(new(null, seen));
        (refused.Status, refused.Problem!.ToRefusal()).ShouldBe((HttpStatusCode.BadRequest, Refusal.Invalid(FieldFault.Of("filter", FaultCode.Missing))));

        async Task<IEnumerable<string>> ListAsync(string query) => (await Server.GetAsync<AlertPage>($"api/v1/alerts?{query}"))!.Items.Select(alert => alert.SensorId);
        Task<(HttpStatusCode Status, AlertBulkResult? Body, Problem? Problem)> AcknowledgeAsync(AlertBulkAcknowledgement acknowledgement) => SendAsync(
            HttpMethod.Post, "alerts/acknowledge", acknowledgement, DashboardJson.Default.AlertBulkAcknowledgement, DashboardJson.Default.AlertBulkResult);
    }

    [Fact]
    public async Task An_alert_is_shelved_comes_back_by_itself_and_ends_with_its_acknowledgement_as_the_journal_tells_also_after_a_restart()
    {
        await PublishAsync("VB-1", 41);
        var until = TimeProvider.System.GetUtcNow().AddSeconds(2);
        var shelved = await ActAsync(new(AlertTrigger.Shelved) { AlertIds = [1], Note = "Bearing ordered", Until = until });
        shelved.Body!.ShouldHaveSingleItem().Alert!.State.ShouldBe(AlertState.Shelved);

        await Eventually.TrueAsync(async () => (await OpenAsync()).Single().State == AlertState.Unacknowledged, "the time on the shelf is over");
        await ActAsync(new(AlertTrigger.Assigned) { AlertIds = [1], Owner = "Bob" });
        await ActAsync(new(AlertTrigger.Commented) { AlertIds = [1], Note = "Heard it, too" }, "Bob");
        await PublishAsync("VB-1", 4);
        (await OpenAsync()).Single().State.ShouldBe(AlertState.ReturnedUnacknowledged);
        await RestartServerAsync();
        (await OpenAsync()).Single().Owner.ShouldBe("Bob");
        (await ActAsync(new(AlertTrigger.Acknowledged) { AlertIds = [1, 99] }, "Bob")).Body!.Select(result => result.Refusal).ShouldBe([null, Refusal.Of(RefusalCode.AlertUnknown, 99)]);

        (await OpenAsync()).ShouldBeEmpty();
        var (alert, journal) = await DetailAsync(1);
        journal.Select(entry => entry.Trigger).ShouldBe(
        [
            AlertTrigger.Raised, AlertTrigger.Shelved, AlertTrigger.Unshelved, AlertTrigger.Assigned, AlertTrigger.Commented, AlertTrigger.Cleared, AlertTrigger.Acknowledged,
        ]);
        alert.Replay(journal).ShouldBe(alert with { PeakLevel = 41, Chattering = null });
        journal[2].Cause.ShouldBe(AlertCause.Of(TransitionCause.ShelvingEnded));
        var late = await ActAsync(new(AlertTrigger.Acknowledged) { AlertIds = [1, 99] }, "Eve");
        (late.Status, late.Problem!.Code).ShouldBe((HttpStatusCode.Conflict, nameof(RefusalCode.AlertEnded)));
        late.Problem.Results!.Select(result => (result.Alert?.Id, result.Refusal!.Code)).ShouldBe([(1, RefusalCode.AlertEnded), (null, RefusalCode.AlertUnknown)]);
    }

    [Fact]
    public async Task Chattering_goes_on_being_counted_across_a_restart()
    {
        foreach (var level in new[] { 41.0, 4, 41, 4 })
            await PublishAsync("VB-1", level);
        await RestartServerAsync();
        await PublishAsync("VB-1", 41);

        (await OpenAsync()).ShouldHaveSingleItem().Chattering.ShouldBe(new Chattering(3, 8, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task A_machine_out_of_service_asks_for_nothing_until_it_is_returned()
    {
        await PublishAsync("VB-1", 4);
        var taken = await SendAsync(
            HttpMethod.Post, "out-of-service", new OutOfServiceRequest(null, "Hall 1, Pump 2", "New bearing", Tomorrow),
            DashboardJson.Default.OutOfServiceRequest, DashboardJson.Default.OutOfService);
        taken.Body!.Id.ShouldBe(1);
        await RestartServerAsync();

        await PublishAsync("VB-1", 41);
        (await OpenAsync()).ShouldHaveSingleItem().State.ShouldBe(AlertState.OutOfService);
        (await Server.GetAsync<OutOfService[]>("api/v1/out-of-service"))!.ShouldHaveSingleItem().Reason.ShouldBe("New bearing");

        (await SendAsync<string, OutOfService>(HttpMethod.Post, "out-of-service/1/return", null, null, DashboardJson.Default.OutOfService, "Bob")).Body!.ReturnedBy.ShouldBe("Bob");
        (await OpenAsync()).ShouldHaveSingleItem().State.ShouldBe(AlertState.Unacknowledged);
        (await Server.GetAsync<OutOfService[]>("api/v1/out-of-service"))!.ShouldBeEmpty();
    }

    [Fact]
    public async Task Out_of_service_ends_by_itself_is_extended_by_request_and_for_at_most_thirty_days()
    {
        await PublishAsync("VB-1", 4);
        (await TakeAsync(null)).Problem!.ToRefusal().ShouldBe(Refusal.Invalid(FieldFault.Of("expectedEnd", FaultCode.OutOfServiceEndMissing, 30)));
        (await TakeAsync(Tomorrow.AddDays(30))).Problem!.ToRefusal().ShouldBe(Refusal.Invalid(FieldFault.Of("expectedEnd", FaultCode.OutOfServiceTooLong, 30)));
        (await TakeAsync(Tomorrow)).Status.ShouldBe(HttpStatusCode.OK);
        await PublishAsync("VB-1", 41);
        (await OpenAsync()).ShouldHaveSingleItem().State.ShouldBe(AlertState.OutOfService);

        var soon = TimeProvider.System.GetUtcNow().AddSeconds(2);
        (await ExtendAsync(2, soon)).Problem!.Code.ShouldBe(nameof(RefusalCode.NotOutOfService));
        (await ExtendAsync(1, Tomorrow.AddDays(30))).Problem!.Code.ShouldBe(nameof(RefusalCode.InvalidInput));
        (await ExtendAsync(1, soon)).Body!.ExpectedEnd.ShouldBe(UnixMicroseconds.Whole(soon));
        await RestartServerAsync();

        await Eventually.TrueAsync(async () => (await OpenAsync()).Single().State == AlertState.Unacknowledged, "the period is over");
        var returned = (await DetailAsync(1)).Transitions[^1];
        (returned.Trigger, returned.By, returned.Cause).ShouldBe((AlertTrigger.ReturnedToService, null, AlertCause.Of(TransitionCause.OutOfServiceEnded)));
        (await Server.GetAsync<OutOfService[]>("api/v1/out-of-service"))!.ShouldBeEmpty();
        (await Server.FleetAsync()).Sensors.Single().IsOutOfService.ShouldBeFalse();

        Task<(HttpStatusCode Status, OutOfService? Body, Problem? Problem)> TakeAsync(DateTimeOffset? end) => SendAsync(
            HttpMethod.Post, "out-of-service", new OutOfServiceRequest("VB-1", null, "New bearing", end), DashboardJson.Default.OutOfServiceRequest, DashboardJson.Default.OutOfService);
        Task<(HttpStatusCode Status, OutOfService? Body, Problem? Problem)> ExtendAsync(long id, DateTimeOffset end) => SendAsync(
            HttpMethod.Post, $"out-of-service/{id}/extend", new OutOfServiceExtension(end), DashboardJson.Default.OutOfServiceExtension, DashboardJson.Default.OutOfService);
    }

    [Fact]
    public async Task A_sensor_that_comes_to_another_machine_is_out_of_service_with_that_one_and_not_with_the_former()
    {
        await PublishAsync("VB-1", 4);
        await SendAsync(
            HttpMethod.Post, "out-of-service", new OutOfServiceRequest(null, "Hall 1, Pump 2", "New bearing", Tomorrow),
            DashboardJson.Default.OutOfServiceRequest, DashboardJson.Default.OutOfService);
        await PublishAsync("VB-1", 41);
        (await OpenAsync()).ShouldHaveSingleItem().State.ShouldBe(AlertState.OutOfService);

        await PublishAsync("VB-1", 41, "Hall 1, Pump 9");
        (await OpenAsync()).ShouldHaveSingleItem().State.ShouldBe(AlertState.Unacknowledged);
        (await Server.FleetAsync()).Sensors.Single().IsOutOfService.ShouldBeFalse();

        await PublishAsync("VB-1", 41);
        (await OpenAsync()).ShouldHaveSingleItem().State.ShouldBe(AlertState.OutOfService);
        await PublishAsync("VB-1", 41, "Hall 1, Pump 9");
        await SendAsync<string, OutOfService>(HttpMethod.Post, "out-of-service/1/return", null, null, DashboardJson.Default.OutOfService);
        await RestartServerAsync();
        (await OpenAsync()).ShouldHaveSingleItem().State.ShouldBe(AlertState.Unacknowledged);
    }

    [Fact]
    public async Task A_sensor_says_whether_a_rule_evaluates_its_level_and_whether_it_is_out_of_service_also_after_a_restart()
    {
        await PublishAsync("VB-1", 4);
        (await EvaluationAsync()).ShouldBe((LevelEvaluation.WithBaseline, false), "the one level rule needs the baseline");

        var above = await SendAsync(HttpMethod.Post, "rules", new RuleEdit(Above), DashboardJson.Default.RuleEdit, DashboardJson.Default.AlertRule);
        (await EvaluationAsync()).ShouldBe((LevelEvaluation.Always, false));

        await SendAsync<string, AlertRule>(HttpMethod.Delete, $"rules/{above.Body!.Id}", null, null, DashboardJson.Default.AlertRule);
        var baseline = (await Server.GetAsync<RuleVersion[]>("api/v1/rules"))!.Single(rule => rule.Rule.Kind == ConditionKind.BaselineMultiple).Rule;
        await SendAsync(HttpMethod.Put, $"rules/{baseline.Id}", new RuleEdit(baseline with { IsEnabled = false }), DashboardJson.Default.RuleEdit, DashboardJson.Default.AlertRule);
        (await EvaluationAsync()).ShouldBe((LevelEvaluation.Never, false));

        await SendAsync(
            HttpMethod.Post, "out-of-service", new OutOfServiceRequest("VB-1", null, "New bearing", Tomorrow),
            DashboardJson.Default.OutOfServiceRequest, DashboardJson.Default.OutOfService);
        (await EvaluationAsync()).ShouldBe((LevelEvaluation.Never, true));

        await RestartServerAsync();
        (await EvaluationAsync()).ShouldBe((LevelEvaluation.Never, true));
        await SendAsync<string, OutOfService>(HttpMethod.Post, "out-of-service/1/return", null, null, DashboardJson.Default.OutOfService);
        (await EvaluationAsync()).ShouldBe((LevelEvaluation.Never, false));

        async Task<(LevelEvaluation, bool)> EvaluationAsync() => (await Server.FleetAsync()).Sensors.Select(sensor => (sensor.Evaluation, sensor.IsOutOfService)).Single();
    }

    [Fact]
    public async Task A_baseline_set_by_hand_is_in_force_and_stays_so()
    {
        await PublishAsync("VB-1", 4);
        var settings = new SensorSettings { BaselineSource = BaselineSource.Manual, Baseline = 1.5, Confirmed = true, Labels = ["critical", " Critical ", "wet"] };
        (await SendAsync(HttpMethod.Put, "sensors/VB-1/settings", settings, DashboardJson.Default.SensorSettings, DashboardJson.Default.SensorSettings)).Body!.Labels.ShouldBe(["critical", "wet"]);
        await RestartServerAsync();

        await PublishAsync("VB-1", 15.1);
        (await OpenAsync()).ShouldHaveSingleItem().Threshold.ShouldBe(4.5);
        var sensor = (await Server.FleetAsync()).Sensors.Single();
        (sensor.Baseline, sensor.BaselineInForce!.Source, sensor.BaselineInForce.By).ShouldBe((1.5, BaselineSource.Manual, "Ada"));
        sensor.Labels.ShouldBe(["critical", "wet"]);
    }

    [Fact]
    public async Task A_rule_may_leave_out_what_has_a_default()
    {
        const string Rule = """{"rule":{"name":"Half an hour","scope":{"kind":"All"},"condition":{"kind":"NoData"},"tiers":[{"severity":"Warning","threshold":1800,"recovery":1800,"onDelay":{"readings":1}}]}}""";
        using var content = new StringContent(Rule, Encoding.UTF8, "application/json");
        using var response = await Server.Http.PostAsync("api/v1/rules", content, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var rule = (await response.Content.ReadFromJsonAsync(DashboardJson.Default.AlertRule, TestContext.Current.CancellationToken))!;
        (rule.IsEnabled, rule.OffDelay).ShouldBe((true, AlertDelay.AtOnce));
    }

    [Fact]
    public async Task A_reading_that_contradicts_itself_is_kept_and_shown_as_suspect_also_after_a_restart()
    {
        await Server.PostEventsAsync(TestSensor.SeedEvent.Replace("8.5", "2.5", StringComparison.Ordinal));

        (await Server.FleetAsync()).Sensors.Single().IsSuspect.ShouldBeTrue();
        await RestartServerAsync();
        (await Server.FleetAsync()).Sensors.Single().IsSuspect.ShouldBeTrue();
    }

    private protected override TestBroker CreateBroker() => new EmbeddedTestBroker();

    private async Task PublishAsync(string sensor, double level, string location = "Hall 1, Pump 2", string unit = "m/s²")
    {
        var payload = FormattableString.Invariant($$"""
            {"eventId":"{{_second}}","eventType":"VibrationRecorded","timestamp":"{{Noon.AddSeconds(_second++).UtcDateTime:O}}","sensorLocation":"{{location}}",
             "data":{"sensorId":"{{sensor}}","vibrationLevel":{{level}},"baselineVibrationLevel":4.0,"unit":"{{unit}}"} }
            """);
        await Server.PostEventsAsync(payload);
    }

    private async Task<Alert[]> OpenAsync() => (await Server.FleetAsync()).OpenAlerts;

    private async Task<AlertDetail> DetailAsync(long id) => (await Server.GetAsync<AlertDetail>($"api/v1/alerts/{id}"))!;

    private Task<(HttpStatusCode Status, AlertResult[]? Body, Problem? Problem)> ActAsync(AlertAction action, string by = "Ada") =>
        SendAsync(HttpMethod.Post, "alerts/actions", action, DashboardJson.Default.AlertAction, DashboardJson.Default.AlertResultArray, by);

    private async Task<(HttpStatusCode Status, TResult? Body, Problem? Problem)> SendAsync<T, TResult>(
        HttpMethod method, string path, T? body, JsonTypeInfo<T>? type, JsonTypeInfo<TResult> result, string by = "Ada")
        where TResult : class
    {
        using var content = body is null ? null : JsonContent.Create(body, type!);
        using var response = await Server.SendAsync(method, $"api/v1/{path}", content, by);
        return response.IsSuccessStatusCode
            ? (response.StatusCode, await response.Content.ReadFromJsonAsync(result, TestContext.Current.CancellationToken), null)
            : (response.StatusCode, null, await response.Content.ReadFromJsonAsync(DashboardJson.Default.Problem, TestContext.Current.CancellationToken));
    }
}
