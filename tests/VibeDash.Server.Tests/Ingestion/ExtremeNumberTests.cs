using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using MQTTnet;
using MQTTnet.Protocol;
using VibeDash.Core.Contract;
using VibeDash.Core.Readings;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Ingestion;

/// <summary>
/// Numbers at the ends of what JSON can write, through every profile. A level of 1e307 with a baseline of 4 made every list that held the sensor answer
/// 500, and two levels of 1.7e308 its history.
/// </summary>
public sealed class ExtremeNumberTests : ServerTest
{
    private static readonly string Digits = new('9', 400);

    private static readonly string[] Numbers =
    [
        "4", "0", "-0", "5e-324", "2.2250738585072014e-308", "1e-320", "0.1", "1e12", "1000000000000.0001", "1e307", "1.7976931348623157e308", "1.7e308", "1e400", Digits, "-5e-324", "-4",
        "-1e12", "-1e307", "-1e400",
    ];

    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task No_number_of_any_profile_makes_an_answer_fail()
    {
        await AddRuleAsync("""{"kind":"Change","isRelative":true,"window":"01:00:00"}""", 10);
        await AddRuleAsync("""{"kind":"DifferenceAbove","unit":"m/s\u00B2"}""", 0.001);
        await AddRuleAsync("""{"kind":"LevelAbove","unit":"g"}""", 1);
        using var client = new MqttClientFactory().CreateMqttClient();
        await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", Broker.Port).Build(), TestContext.Current.CancellationToken);

        var seconds = 0;
        var sent = 0;
        foreach (var level in Numbers)
        {
            var published = new List<Task>();
            foreach (var baseline in Numbers)
            {
                var time = Noon.AddSeconds(seconds++).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
                var data = $$"""{"sensorId":"VB-1","vibrationLevel":{{level}},"baselineVibrationLevel":{{baseline}},"unit":"m/s²"}""";
                var seed = $$"""{"eventId":"{{seconds}}","eventType":"VibrationRecorded","timestamp":"{{time}}","data":{{data}}}""";
                published.Add(PublishAsync("sensors/VB-1/vibration", seed));
                published.Add(PublishAsync("json/VB-2", $$"""{"t":"{{time}}","rms":{{level}},"base":"{{baseline}}"}"""));
                published.Add(PublishAsync("ce/1", $$"""{"specversion":"1.0","id":"{{seconds}}","source":"/gw/1","type":"t","data":{{seed.Replace("VB-1", "VB-3", StringComparison.Ordinal)}}}"""));
            }

            published.Add(PublishAsync("number/VB-4", level));
            await Task.WhenAll(published);
            sent += published.Count;
        }

        var status = await Server.WorkedOnAsync(sent);
        status.Stored.ShouldBeGreaterThan(sent / 6);
        status.Rejected.ShouldBeGreaterThan(sent / 5);
        var (read, faults) = await EveryAnswer.ReadAsync(Server, "VB-1", "VB-2", "VB-3", "VB-4");
        faults.ShouldBeEmpty();
        read.ShouldBeGreaterThan(30);
        (await Server.FleetAsync()).Sensors.ShouldAllBe(sensor => sensor.Level <= Reading.MaximumLevel && sensor.Baseline <= Reading.MaximumLevel);
        (await Server.GetAsync<DeadLetterGroup[]>("api/v1/dead-letters/groups"))!.ShouldAllBe(group => group.Reason == RejectionReason.InvalidNumber);

        await RestartServerAsync();
        (await EveryAnswer.ReadAsync(Server, "VB-1", "VB-2", "VB-3", "VB-4")).Faults.ShouldBeEmpty();

        Task PublishAsync(string topic, string payload) => client.PublishAsync(
            new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(payload).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build(),
            TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task An_infinite_number_that_an_earlier_version_stored_spoils_no_list()
    {
        await Server.PostEventsAsync(TestSensor.Event(41, Noon), TestSensor.Event(42, Noon, "VB-2"));
        await StopServerAsync();
        await using (var database = new SqliteConnection($"Data Source={Path.Combine(Folder, "vibedash.db")};Pooling=False"))
        {
            await database.OpenAsync(TestContext.Current.CancellationToken);
            var command = database.CreateCommand();
            command.CommandText =
                """
                UPDATE Alerts SET Level = 9e999, Threshold = 9e999, PeakLevel = 9e999 WHERE SensorId = 'VB-1';
                UPDATE AlertTransitions SET EvaluatedLevel = 9e999, Threshold = -9e999 WHERE AlertId = (SELECT Id FROM Alerts WHERE SensorId = 'VB-1');
                """;
            (await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken)).ShouldBe(2);
        }

        await StartServerAsync();

        (await EveryAnswer.ReadAsync(Server, "VB-1", "VB-2")).Faults.ShouldBeEmpty();
        (await Server.FleetAsync()).OpenAlerts.Select(alert => (alert.SensorId, alert.Level)).ShouldBe([("VB-1", Reading.MaximumLevel), ("VB-2", 42)], ignoreOrder: true);
    }

    [Theory]
    [InlineData("1e307", "4")]
    [InlineData("4", "1e307")]
    public async Task A_posted_number_beyond_the_bound_is_rejected_with_its_reason(string level, string baseline)
    {
        var payload = TestSensor.Event(4, Noon).Replace("\"vibrationLevel\":4", $"\"vibrationLevel\":{level}", StringComparison.Ordinal).Replace("4.0", baseline, StringComparison.Ordinal);
        using var content = new StringContent(payload, Encoding.UTF8, "application/json");
        using var response = await Server.Http.PostAsync("api/v1/events", content, TestContext.Current.CancellationToken);

        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var item = answer.RootElement.GetProperty("items")[0];
        (item.GetProperty("outcome").GetString(), item.GetProperty("reason").GetString()).ShouldBe(("rejected", nameof(RejectionReason.InvalidNumber)));
        item.GetProperty("detail").GetString()!.ShouldEndWith(" must not be beyond 1,000,000,000,000.");
        (await Server.GetAsync<DeadLetter[]>("api/v1/dead-letters"))!.ShouldHaveSingleItem().Reason.ShouldBe(RejectionReason.InvalidNumber);
    }

    private protected override TestBroker CreateBroker() => new EmbeddedTestBroker(
        ("Sources:0:TopicFilter", "sensors/+/vibration"),
        ("Sources:1:TopicFilter", "number/{sensor}"),
        ("Sources:1:Profile", "Number"),
        ("Sources:1:Unit", "mm/s"),
        ("Sources:1:Baseline", "1e-12"),
        ("Sources:1:Multiplier", "1000"),
        ("Sources:2:TopicFilter", "json/{sensor}"),
        ("Sources:2:Profile", "Json"),
        ("Sources:2:Level", "$.rms"),
        ("Sources:2:Baseline", "$.base"),
        ("Sources:2:Timestamp", "$.t"),
        ("Sources:2:Unit", "g"),
        ("Sources:2:Multiplier", "0.5"),
        ("Sources:3:TopicFilter", "ce/+"),
        ("Sources:3:Profile", "CloudEvents"));

    private async Task AddRuleAsync(string condition, double threshold)
    {
        var rule = string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"rule":{"name":"x","scope":{"kind":"All"},"condition":{{{condition}}},"tiers":[{"severity":"Warning","threshold":{{{threshold}}},"recovery":0,"onDelay":{"readings":1}}]}}""");
        using var content = new StringContent(rule, Encoding.UTF8, "application/json");
        using var response = await Server.SendAsync(HttpMethod.Post, "api/v1/rules", content, "Ada");
        response.EnsureSuccessStatusCode();
    }
}
