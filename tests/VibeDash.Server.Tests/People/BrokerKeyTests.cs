using System.Net.Http.Json;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using VibeDash.Core.Contract;
using VibeDash.Core.People;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.People;

/// <summary>Clients of the embedded broker where keys are asked for, as they are beyond loopback.</summary>
public sealed class BrokerKeyTests : ServerTest
{
    public static TheoryData<MqttProtocolVersion> Versions => [MqttProtocolVersion.V500, MqttProtocolVersion.V311];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Without_a_key_nobody_is_let_in_and_a_wrong_secret_is_no_key(MqttProtocolVersion version)
    {
        using var plant = await Plant.SetUpAsync(Server);
        var (key, _) = await plant.KeyAsync(new("Gateway", []) { PublishFilter = "sensors/VB-1/#" });

        (await ConnectAsync(version, null, null)).Result.ShouldBe(MqttClientConnectResultCode.BadUserNameOrPassword);
        (await ConnectAsync(version, key.Key.Id, "guessed")).Result.ShouldBe(MqttClientConnectResultCode.BadUserNameOrPassword);
        (await ConnectAsync(version, key.Key.Id, SecretOf(key))).Result.ShouldBe(MqttClientConnectResultCode.Success);
    }

    [Fact]
    public async Task A_sensor_publishes_below_its_own_topics_only()
    {
        using var plant = await Plant.SetUpAsync(Server);
        var (key, _) = await plant.KeyAsync(new("Gateway", []) { PublishFilter = "sensors/VB-1/#" });
        var (client, _) = await ConnectAsync(MqttProtocolVersion.V500, key.Key.Id, SecretOf(key));

        (await PublishAsync(client, "sensors/VB-1/vibration", TestSensor.Event(1, TimeProvider.System.GetUtcNow()))).IsSuccess.ShouldBeTrue();
        (await PublishAsync(client, "sensors/VB-2/vibration", TestSensor.Event(2, TimeProvider.System.GetUtcNow(), "VB-2"))).ReasonCode.ShouldBe(MqttClientPublishReasonCode.NotAuthorized);
        client.IsConnected.ShouldBeTrue();

        await Server.WorkedOnAsync(1);
        (await Server.FleetAsync()).Status.Stored.ShouldBe(1);
    }

    [Fact]
    public async Task Where_the_protocol_has_no_answer_the_connection_ends()
    {
        using var plant = await Plant.SetUpAsync(Server);
        var (key, _) = await plant.KeyAsync(new("Gateway", []) { PublishFilter = "sensors/VB-1/#" });
        var (client, _) = await ConnectAsync(MqttProtocolVersion.V311, key.Key.Id, SecretOf(key));
        var gone = GoneAsync(client);

        await Should.ThrowAsync<Exception>(() => PublishAsync(client, "sensors/VB-2/vibration", TestSensor.Event(2, TimeProvider.System.GetUtcNow(), "VB-2")));
        await gone;
        (await Server.FleetAsync()).Status.Stored.ShouldBe(0);
    }

    [Fact]
    public async Task Who_may_not_subscribe_is_refused()
    {
        using var plant = await Plant.SetUpAsync(Server);
        var (sender, _) = await plant.KeyAsync(new("Gateway", []) { PublishFilter = "sensors/#" });
        var (reader, _) = await plant.KeyAsync(new("Historian", []) { SubscribeFilter = "sensors/+/vibration" });
        var (deaf, _) = await ConnectAsync(MqttProtocolVersion.V500, sender.Key.Id, SecretOf(sender));
        var (hearing, _) = await ConnectAsync(MqttProtocolVersion.V500, reader.Key.Id, SecretOf(reader));

        (await SubscribeAsync(deaf, "sensors/VB-1/vibration")).ShouldBe(MqttClientSubscribeResultCode.NotAuthorized);
        (await SubscribeAsync(hearing, "sensors/VB-1/vibration")).ShouldBe(MqttClientSubscribeResultCode.GrantedQoS0);
        (await SubscribeAsync(hearing, "#")).ShouldBe(MqttClientSubscribeResultCode.NotAuthorized);
        (await SubscribeAsync(hearing, "$share/all/sensors/#")).ShouldBe(MqttClientSubscribeResultCode.NotAuthorized);
    }

    [Fact]
    public async Task A_last_will_is_a_message_that_must_be_allowed()
    {
        using var plant = await Plant.SetUpAsync(Server);
        var (key, _) = await plant.KeyAsync(new("Gateway", []) { PublishFilter = "sensors/VB-1/#" });

        (await ConnectAsync(MqttProtocolVersion.V500, key.Key.Id, SecretOf(key), will: "sensors/VB-2/status")).Result.ShouldBe(MqttClientConnectResultCode.NotAuthorized);
        (await ConnectAsync(MqttProtocolVersion.V500, key.Key.Id, SecretOf(key), will: "sensors/VB-1/status")).Result.ShouldBe(MqttClientConnectResultCode.Success);
    }

    [Fact]
    public async Task A_revoked_key_ends_its_connections_and_says_why()
    {
        using var plant = await Plant.SetUpAsync(Server);
        var (key, _) = await plant.KeyAsync(new("Gateway", []) { PublishFilter = "sensors/VB-1/#" });
        var (client, _) = await ConnectAsync(MqttProtocolVersion.V500, key.Key.Id, SecretOf(key));
        var gone = GoneAsync(client);

        using (await plant.Ada.PostAsync($"api/v1/keys/{key.Key.Id}/revoke", null, TestContext.Current.CancellationToken))
        {
        }

        (await gone).ShouldBe(MqttClientDisconnectReason.NotAuthorized);
        (await ConnectAsync(MqttProtocolVersion.V500, key.Key.Id, SecretOf(key))).Result.ShouldBe(MqttClientConnectResultCode.BadUserNameOrPassword);
    }

    [Fact]
    public async Task An_expired_key_ends_its_connections_and_says_why()
    {
        using var plant = await Plant.SetUpAsync(Server);
        var (key, _) = await plant.KeyAsync(new("Gateway", []) { PublishFilter = "sensors/VB-1/#", ExpiresAt = TimeProvider.System.GetUtcNow().AddSeconds(5) });
        var (client, connected) = await ConnectAsync(MqttProtocolVersion.V500, key.Key.Id, SecretOf(key));
        connected.ShouldBe(MqttClientConnectResultCode.Success);

        (await GoneAsync(client)).ShouldBe(MqttClientDisconnectReason.NotAuthorized);
        (await ConnectAsync(MqttProtocolVersion.V500, key.Key.Id, SecretOf(key))).Result.ShouldBe(MqttClientConnectResultCode.BadUserNameOrPassword);
    }

    private protected override TestBroker CreateBroker() => new EmbeddedTestBroker(("Broker:RequireKeys", "true"));

    private static string SecretOf(MadeAccessKey key) => key.Secret[(key.Key.Id.Length + 1)..];

    private static async Task<MqttClientDisconnectReason> GoneAsync(IMqttClient client)
    {
        var gone = new TaskCompletionSource<MqttClientDisconnectReason>();
        client.DisconnectedAsync += ended =>
        {
            gone.TrySetResult(ended.Reason);
            return Task.CompletedTask;
        };
        return await gone.Task.WaitAsync(TimeLimit.Limit, TimeProvider.System, TestContext.Current.CancellationToken);
    }

    private static Task<MqttClientPublishResult> PublishAsync(IMqttClient client, string topic, string payload) => client.PublishAsync(
        new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(payload).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build(), TestContext.Current.CancellationToken);

    private static async Task<MqttClientSubscribeResultCode> SubscribeAsync(IMqttClient client, string filter) =>
        (await client.SubscribeAsync(filter, cancellationToken: TestContext.Current.CancellationToken)).Items.Single().ResultCode;

    private async Task<(IMqttClient Client, MqttClientConnectResultCode Result)> ConnectAsync(MqttProtocolVersion version, string? user, string? password, string? will = null)
    {
        var client = new MqttClientFactory().CreateMqttClient();
        var options = new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", Broker.Port).WithProtocolVersion(version).WithTimeout(TimeLimit.Limit);
        if (user is not null)
            options = options.WithCredentials(user, password);
        if (will is not null)
            options = options.WithWillTopic(will).WithWillPayload("offline");
        return (client, (await client.ConnectAsync(options.Build(), TestContext.Current.CancellationToken)).ResultCode);
    }
}
