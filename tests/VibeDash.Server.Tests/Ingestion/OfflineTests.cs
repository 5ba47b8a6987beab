using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using MQTTnet;
using MQTTnet.Formatter;
using VibeDash.Core.Contract;
using VibeDash.Core.Readings;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Ingestion;

/// <summary>Sensors reported offline by a last will or a status topic; run against each kind of broker.</summary>
public abstract class OfflineTests : ServerTest
{
    private protected static readonly (string Key, string Value)[] Settings =
    [
        ("Sources:0:TopicFilter", "sensors/+/vibration"),
        ("Sources:1:TopicFilter", "sensors/{sensor}/status"),
        ("Sources:1:Profile", "Status"),
        ("Sources:2:TopicFilter", "gateways/+/sensors"),
        ("Sources:2:Profile", "Status"),
        ("Sources:2:SensorId", "$.sensor"),
        ("Sources:2:Value", "$.state"),
        ("Sources:2:Offline:0", "down"),
        ("Sources:2:Offline:1", "lost"),
    ];

    [Fact]
    public async Task The_last_will_of_a_client_that_is_killed_marks_its_sensor_until_its_next_reading_also_across_a_restart()
    {
        await using var sensor = await TestSensor.ConnectAsync(Broker);
        await using var page = await LiveProbe.ConnectAsync(Server);
        await sensor.PublishAsync(TestSensor.Event(4, Now));
        await sensor.PublishAsync(TestSensor.Event(4, Now, "VB-2"), "VB-2");
        await KillClientWithWillAsync("VB-1");

        // A connected page is notified immediately.
        await Eventually.TrueAsync(
            () => Task.FromResult(page.Sensors.Reader.TryRead(out var told) && told is { SensorId: "VB-1", OfflineSince: not null }), "the page hears of it");
        var since = (await SensorAsync("VB-1")).OfflineSince;
        (Now - since!.Value).ShouldBeLessThan(TimeSpan.FromMinutes(1));
        (await SensorAsync("VB-2")).OfflineSince.ShouldBeNull();

        await RestartServerAsync();
        (await SensorAsync("VB-1")).OfflineSince.ShouldBe(since);

        // Older than the report: it does not contradict it.
        await using var again = await TestSensor.ConnectAsync(Broker);
        await again.PublishAsync(TestSensor.Event(4, since.Value.AddSeconds(-1)));
        await Server.WorkedOnAsync(1);
        (await SensorAsync("VB-1")).OfflineSince.ShouldBe(since);

        await again.PublishAsync(TestSensor.Event(4, Now));
        await Eventually.TrueAsync(async () => (await SensorAsync("VB-1")).OfflineSince is null, "the sensor is back");
        await RestartServerAsync();
        (await SensorAsync("VB-1")).OfflineSince.ShouldBeNull();
    }

    [Fact]
    public async Task A_client_that_disconnects_with_its_will_marks_its_sensor_and_one_that_just_disconnects_does_not()
    {
        await using var sensor = await TestSensor.ConnectAsync(Broker);
        await sensor.PublishAsync(TestSensor.Event(4, Now));
        await sensor.PublishAsync(TestSensor.Event(4, Now, "VB-2"), "VB-2");

        await DisconnectAsync("VB-2", MqttClientDisconnectOptionsReason.NormalDisconnection);
        await DisconnectAsync("VB-1", MqttClientDisconnectOptionsReason.DisconnectWithWillMessage);

        await Eventually.TrueAsync(async () => (await SensorAsync("VB-1"))?.OfflineSince is not null, "the sensor is offline");
        (await SensorAsync("VB-2")).OfflineSince.ShouldBeNull();
    }

    [Fact]
    public async Task A_gateway_says_which_of_its_sensors_are_offline_and_what_it_says_is_counted()
    {
        await using var sensor = await TestSensor.ConnectAsync(Broker);
        await sensor.PublishAsync(TestSensor.Event(4, Now));
        await PublishAsync("gateways/1/sensors", """{"sensor":"VB-1","state":"Lost"}""");
        await PublishAsync("gateways/1/sensors", """{"sensor":"VB-9","state":"down"}""");
        await Eventually.TrueAsync(async () => (await SensorAsync("VB-1"))?.OfflineSince is not null, "the sensor is offline");

        await PublishAsync("gateways/1/sensors", """{"sensor":"VB-1","state":"online"}""");
        await Eventually.TrueAsync(async () => (await SensorAsync("VB-1")).OfflineSince is null, "the sensor is online");

        await PublishAsync("gateways/1/sensors", """{"sensor":"VB-1","state":"offline"}""");
        (await Server.WorkedOnAsync(2)).Rejected.ShouldBe(1);
        var letter = (await Server.GetAsync<DeadLetter[]>("api/v1/dead-letters"))!.ShouldHaveSingleItem();
        letter.Reason.ShouldBe(RejectionReason.UnknownStatus);
        letter.Detail.ShouldBe("$.state is 'offline', which is none of the words for online (online, 1, true) and offline (down, lost).");
        (await Server.GetAsync<SourceStatus[]>("api/v1/sources"))![2].ShouldBe(
            new SourceStatus("gateways/+/sensors", "Status", 0, 1, 3, 1) { Settings = "word $.state; online: online, 1, true; offline: down, lost" });
    }

    private protected static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    // Null for a sensor whose message an external broker has accepted but not delivered yet.
    private protected async Task<SensorSnapshot> SensorAsync(string id) => (await Server.GetAsync<SensorSnapshot>($"api/v1/sensors/{id}"))!;

    private protected async Task PublishAsync(string topic, string payload, params string[] options)
    {
        using var publisher = Process.Start(Programs.Find("mosquitto_pub"), ["-h", "127.0.0.1", "-p", $"{Broker.Port}", "-q", "1", "-t", topic, "-m", payload, .. options]);
        await publisher.WaitForExitAsync(TestContext.Current.CancellationToken);
        publisher.ExitCode.ShouldBe(0);
    }

    private async Task DisconnectAsync(string sensorId, MqttClientDisconnectOptionsReason reason)
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        await client.ConnectAsync(
            new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", Broker.Port).WithProtocolVersion(MqttProtocolVersion.V500)
                .WithWillTopic($"sensors/{sensorId}/status").WithWillPayload("Offline").Build(),
            TestContext.Current.CancellationToken);
        await client.DisconnectAsync(new MqttClientDisconnectOptionsBuilder().WithReason(reason).Build(), TestContext.Current.CancellationToken);
    }

    /// <summary>A client that has connected with a will, and whose connection then ends without DISCONNECT.</summary>
    private async Task KillClientWithWillAsync(string sensorId)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", Broker.Port, TestContext.Current.CancellationToken);
        const byte CleanWithWillOfQos1 = 0x0E;
        byte[] body = [.. Text("MQTT"), 4, CleanWithWillOfQos1, 0, 60, .. Text("with-will"), .. Text($"sensors/{sensorId}/status"), .. Text("Offline")];
        var stream = client.GetStream();
        await stream.WriteAsync(new byte[] { 0x10, (byte)body.Length }.Concat(body).ToArray(), TestContext.Current.CancellationToken);
        await stream.ReadExactlyAsync(new byte[4], TestContext.Current.CancellationToken);
    }

    private static byte[] Text(string text) => [0, (byte)text.Length, .. Encoding.UTF8.GetBytes(text)];
}
