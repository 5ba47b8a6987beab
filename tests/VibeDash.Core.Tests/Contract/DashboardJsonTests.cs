using System.Text.Json.Serialization;
using System.Text.Json;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Faults;
using VibeDash.Core.Notes;
using VibeDash.Core.People;
using VibeDash.Core.Readings;
using VibeDash.Core.Trends;

namespace VibeDash.Core.Tests.Contract;

public sealed class DashboardJsonTests
{
    private static readonly object[] Contract =
    [
        Example.Fleet(5, Example.Alert()),
        Example.Sensor() with { OfflineSince = Example.Time, ClockOffsetSeconds = 240 },
        new[] { Example.Sensor(), Example.Sensor("VB-2") },
        new[] { Example.Tick() },
        new[] { Example.Change(1) },
        Example.Status,
        new JournalSpan(3, 9),
        new NewDisplay("ABCD EFGH", "Press shop") { Places = ["Hall 2"] },
        new TrendHistory("VB-1", Example.Time, Example.Time.AddHours(1), 5000, 17, [new TrendBucket(5000, 2, 1, 3, 2)], [Example.Alert()])
        {
            Spans = [new(1, ConditionKind.NoData, Severity.Warning, Example.Time, Example.Time.AddMinutes(1)), new(1, ConditionKind.NoData, Severity.Critical, Example.Time.AddMinutes(9), null)],
        },
        Example.Note,
        new[] { Example.Note },
        new[] { new NoteChange(7, NoteAction.Deleted, "Bob", Example.Time, Example.Note) },
        new NoteEdit(Example.Time, Example.Time.AddHours(1), NoteKind.Remark, "Moved") { Version = 3 },
        new Problem("Conflict", "Somebody was faster.", nameof(RefusalCode.RuleChanged), ["3"], [FieldFault.Of("text", FaultCode.NoteTextControl)]) { Results = [new(Example.Alert(), Refusal.Of(RefusalCode.AlertSuppressed))] },
        new[] { new TrendHistory("VB-2", Example.Time, Example.Time.AddHours(1), 5000, 17, [], []) { Notes = [Example.Note] } },
        new BackupStatus(new("vibedash-1.db", "Ada", Example.Time, null, 10, 20, null), [new("vibedash-0.db", 20, Example.Time)], "/var/backups", 1000, 7),
        new BackupRun("vibedash-1.db", "Ada", Example.Time, Example.Time, 10, 20, RunFault.Of(RunFaultCode.Failed, "The disk is full.")),
        new[] { FieldFault.Of("labels[1]", FaultCode.LabelInvalid, 50) },
        new AlertPage([Example.Alert(2), Example.Alert(1)], More: true),
        new AlertDetail(Example.Alert(), [Example.Change(1).Transition]),
        new AlertAction(AlertTrigger.Shelved) { AlertIds = [1, 2], SensorId = "VB-1", Kind = ConditionKind.NoData, Note = "bearing ordered", Owner = "Bob", Until = Example.Time },
        new[] { new AlertResult(Example.Alert(), Refusal.Of(RefusalCode.AlertAcknowledged, "Ada", Example.Time)) },
        new AlertBulkAcknowledgement(
            new() { Severity = Severity.Warning, State = AlertState.Unacknowledged, SensorId = "VB-1", Kind = ConditionKind.NoData, RuleId = 3, Place = "Hall 1", Machine = "Hall 1, Pump 2", RaisedFrom = Example.Time, From = Example.Time, To = Example.Time }, 7)
        {
            Note = "Outage", Owner = "Bob", Until = Example.Time,
        },
        new AlertBulkResult(3, 1, [new(Example.Alert(), Refusal.Of(RefusalCode.AlertChanged))]),
        Example.Rules[0] with { Gate = new(1.5, "mm/s"), OffDelay = new(2, TimeSpan.FromMinutes(5)), Note = "As the vendor says" },
        new RuleEdit(Example.Rules[1]),
        new[] { new RuleVersion(Example.Rules[2], Example.Time, "Ada", IsCurrent: true) },
        new[] { new RuleMatch(1, RuleMatchReason.LessSpecific, ["Line B"]) { Rule = Example.Rules[0], Thresholds = [new(Severity.Warning, 2, 0)] } },
        new[] { new OutOfService(3, null, "Line B, Pump 4", "Bearing", "Ada", Example.Time, Example.Time.AddDays(1)) { ReturnedAt = Example.Time, ReturnedBy = "Bob" } },
        new OutOfServiceRequest("VB-1", null, "Bearing", Example.Time),
        new OutOfServiceExtension(Example.Time),
        new SensorSettings { Labels = ["critical"], BaselineSource = BaselineSource.Learned, LearnFrom = Example.Time, LearnReadings = 50, LearnHours = 1.5, Confirmed = true, RunLevel = 0.2 },
        new RunLevelProposal("mm/s", 1010, new List<LevelBin> { new(0.05, 0.1, 800) }, 0.178, RunLevelObstacle.OneHump) { From = Example.Time, To = Example.Time, Standing = 0.06, Running = 0.34, StoodShare = 0.84, Starts = 219 },
        new HistoryEvaluation("VB-1", "Ada", Example.Time, Example.Time.AddMinutes(1), 1000, 990, 3, 1, RunFault.Of(RunFaultCode.TooManyFound, 1000)),
        new SensorChangeRequest("VB-2", "Replaced"),
        new SensorExtent("VB-1", 15_000_000, 12, 1, 3, ["VB-l"]),
        new[] { new SourceStatus("plant/{machine}/{sensor}", "Number", 2, 1, 4, 3) { Broker = "north", Settings = "level in g" } },
        new[]
        {
            new ConnectionStatus("north", "broker.plant.example:8883", false, BrokerState.Connected, null, Example.Time, 5, 1)
            {
                Negotiated = new("5", "vibedash", true, 10, 1)
                {
                    Tls = "TLS 1.3", ReceiveMaximum = 2048, BrokerReceiveMaximum = 20, MaximumPacketSize = 1000, SessionExpiryAsked = 7200, SessionExpiryGranted = 3600,
                    RetainAvailable = true, SharedSubscriptions = false, ServerReference = "other.plant.example",
                },
                Warnings = ["The broker does not know shared subscriptions ($share)."],
            },
            new ConnectionStatus("own", "127.0.0.1:1883", true, BrokerState.Disconnected, "Gone.", Example.Time, 0, 0) { Clients = 3 },
        },
        new[] { Example.Letter },
        new[] { new DeadLetterGroup(RejectionReason.InvalidTimestamp, "sensors/x", 3, 2, Example.Time, Example.Time.AddMinutes(1), 17, "timestamp is not ISO 8601.") { Dropped = 9000 } },
        new DeadLetterDetail(Example.Letter, "{}", [1, 255], "application/json", [new("id", "1"), new("id", "2")], true, "sensors/+"),
        new DeadLetterSelection(RejectionReason.InvalidTimestamp, "sensors/x", Example.Time, 17),
        new DeadLettersDeleted(3),
        new ReplayResult(ReplayOutcome.Refused, 1, 2, RejectionReason.InvalidTimestamp, "timestamp is not ISO 8601."),
        new ReplayRun(new(Topic: "sensors/x"), Example.Time, Example.Time.AddMinutes(1), 10, 5, 4, 6, RunFault.Of(RunFaultCode.ServerStopping)),
        new KeyValuePair<string, string>[] { new("id", "1") },
        new EventsResult(1, 0, 1, [EventResult.Stored, new EventResult(EventOutcome.Rejected, RejectionReason.InvalidNumber, "data.vibrationLevel must be a finite number.")]),
        new[] { new CommandEntry(7, Example.Time, "Ada", "PutRule", "3", RefusalCode.RuleChanged) { Detail = "VB-2: replaced" } },
        new CommandEntry(8, Example.Time, "Ada", "PutRule", "3", null) { Origin = "10.0.0.7, key vd_1", Before = "{}", After = "{}" },
        new[] { new LevelThreshold(Severity.Warning, 2, 0) },
        new SignedIn("Ada", [Permission.View, Permission.Act]) { IsDemo = true },
        new[] { new PersonAccount("1", "Ada", Role.Engineer, IsBlocked: true, HasSecondFactor: true, Example.Time, 2) { Provider = "Plant login", Passkeys = 2 } },
        new NewPerson("Ada", "correct horse battery", Role.Viewer),
        new PersonEdit { Role = Role.Technician, IsBlocked = true, Password = "correct horse battery", HasSecondFactor = false, HasPasskeys = false },
        new[]
        {
            new AccessKey("vd_1", "Gateway", [Permission.SendEvents])
            {
                PublishFilter = "sensors/#", SubscribeFilter = "plant/+", CreatedBy = "Ada", CreatedAt = Example.Time, ExpiresAt = Example.Time, LastUsedAt = Example.Time, RevokedAt = Example.Time,
            },
        },
        new NewAccessKey("Gateway", [Permission.SendEvents]) { PublishFilter = "sensors/#", SubscribeFilter = "plant/+", ExpiresAt = Example.Time },
        new MadeAccessKey(new("vd_1", "Gateway", []) { CreatedBy = "Ada", CreatedAt = Example.Time }, "vd_1.secret"),
        "a text",
        new[] { "VB-1", "VB-2" },
    ];

    public static TheoryData<Type> Types => [.. Contract.Select(message => message.GetType())];

    [Theory]
    [MemberData(nameof(Types))]
    public void A_message_survives_the_wire(Type type)
    {
        var message = Contract.Single(candidate => candidate.GetType() == type);

        var json = JsonSerializer.Serialize(message, type, DashboardJson.Default);
        var read = JsonSerializer.Deserialize(json, type, DashboardJson.Default);

        read.ShouldBeEquivalentTo(message);
        JsonSerializer.Serialize(read, type, DashboardJson.Default).ShouldBe(json);
    }

    [Fact]
    public void Every_type_of_the_contract_is_tried() =>
        Types.Select(row => row.Data).ShouldBe(
            typeof(DashboardJson).GetCustomAttributesData()
                .Where(attribute => attribute.AttributeType == typeof(JsonSerializableAttribute))
                .Select(attribute => (Type)attribute.ConstructorArguments[0].Value!),
            ignoreOrder: true);

    [Theory]
    [InlineData("""{"title":"Conflict","code":"RuleChanged","arguments":["3"]}""", "Somebody has changed the rule meanwhile: it is at version 3.")]
    [InlineData("""{"code":"InvalidInput","faults":[{"field":"text","code":"NoteTextControl","arguments":[]}]}""", "The text must not hold control characters.")]
    [InlineData("""{"title":"Conflict","code":"OfALaterVersion"}""", null)]
    [InlineData("""{"title":"Conflict"}""", null)]
    public void A_problem_is_the_refusal_it_was_made_of(string json, string? sentence) =>
        (JsonSerializer.Deserialize(json, DashboardJson.Default.Problem)!.ToRefusal() is { } refusal ? RefusalText.Of(refusal) : null).ShouldBe(sentence);

    [Fact]
    public void Names_are_camel_case_enums_are_names_and_nulls_are_left_out()
    {
        var alert = Example.Alert() with { Owner = null, Message = null };

        using var json = JsonDocument.Parse(JsonSerializer.Serialize(new AlertPage([alert], More: false), DashboardJson.Default.AlertPage));

        var written = json.RootElement.GetProperty("items")[0];
        written.GetProperty("severity").GetString().ShouldBe("Critical");
        written.GetProperty("state").GetString().ShouldBe("Unacknowledged");
        written.GetProperty("since").GetString().ShouldBe("2026-03-01T12:00:00.25+00:00");
        written.TryGetProperty("owner", out _).ShouldBeFalse();
        written.TryGetProperty("message", out _).ShouldBeFalse();
    }
}
