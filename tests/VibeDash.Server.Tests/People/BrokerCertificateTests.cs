using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using VibeDash.Core.Contract;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.People;

/// <summary>Clients of the embedded broker that are known by a certificate: its common name is the id of a key.</summary>
public sealed class BrokerCertificateTests : ServerTest
{
    private const string ForServers = "1.3.6.1.5.5.7.3.1";
    private const string ForClients = "1.3.6.1.5.5.7.3.2";

    public static TheoryData<MqttProtocolVersion> Versions => [MqttProtocolVersion.V500, MqttProtocolVersion.V311];

    private EncryptedTestBroker Encrypted => (EncryptedTestBroker)Broker;

    [Fact]
    public async Task A_client_with_a_certificate_publishes_below_the_topics_of_its_key_only()
    {
        using var plant = await Plant.SetUpAsync(Server);
        var key = await KeyAsync(plant, "sensors/VB-1/#");
        var own = Encrypted.Authority.Issue(key, usage: ForClients);
        using var client = Client();

        (await ConnectAsync(client, Encrypted.Client(own: own))).ShouldBe(MqttClientConnectResultCode.Success);
        (await PublishAsync(client, "VB-1")).ShouldBe(MqttClientPublishReasonCode.NoMatchingSubscribers);
        (await PublishAsync(client, "VB-2")).ShouldBe(MqttClientPublishReasonCode.NotAuthorized);
        (await client.SubscribeAsync("sensors/VB-1/#", cancellationToken: TestContext.Current.CancellationToken)).Items.Single().ResultCode.ShouldBe(MqttClientSubscribeResultCode.NotAuthorized);

        await Server.WorkedOnAsync(1);
        (await Server.FleetAsync()).Sensors.ShouldHaveSingleItem().SensorId.ShouldBe("VB-1");
        (await plant.Ada.GetStringAsync("api/v1/keys", TestContext.Current.CancellationToken)).ShouldContain("lastUsedAt");
    }

    [Fact]
    public async Task So_do_the_clients_of_Mosquitto()
    {
        using var plant = await Plant.SetUpAsync(Server);
        var key = await KeyAsync(plant, "sensors/VB-1/#");
        var (certificate, itsKey) = Encrypted.Authority.Issue(key);
        string[] signed = ["--cert", certificate, "--key", itsKey, "-q", "1"];

        (await Encrypted.PublishAsync(Encrypted.Authority, [.. signed, "-t", "sensors/VB-1/vibration", "-m", Event("VB-1")])).ExitCode.ShouldBe(0);
        (await Encrypted.PublishAsync(Encrypted.Authority, [.. signed, "-V", "5", "-t", "sensors/VB-2/vibration", "-m", Event("VB-2")])).Error.ShouldContain("Not authorized");
        (await Encrypted.PublishAsync(Encrypted.Authority, [.. signed, "-V", "5", "-t", "sensors/VB-1/vibration", "-m", Event("VB-1"), "--will-topic", "sensors/VB-2/status"])).Error.ShouldContain("Not authorized");
        (await Encrypted.PublishAsync(Encrypted.Authority, "-q", "1", "-t", "sensors/VB-1/vibration", "-m", Event("VB-1"))).ExitCode.ShouldNotBe(0, "no certificate, no password");

        await Server.WorkedOnAsync(1);
        (await Server.FleetAsync()).Status.Stored.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_certificate_of_no_key_or_of_a_revoked_one_is_refused_whatever_password_comes_with_it(MqttProtocolVersion version)
    {
        using var plant = await Plant.SetUpAsync(Server);
        var (good, _) = await plant.KeyAsync(new("Gateway", []) { PublishFilter = "#" });
        var revoked = await KeyAsync(plant, "#");
        await RevokeAsync(plant, revoked);

        foreach (var name in new[] { "vd_000000000000", revoked, "Ada" })
        {
            using var client = Client();
            (await ConnectAsync(client, Encrypted.Client(own: Encrypted.Authority.Issue(name), version: version))).ShouldBe(MqttClientConnectResultCode.NotAuthorized, name);
            var withPassword = Encrypted.Client(own: Encrypted.Authority.Issue(name), version: version).WithCredentials(good.Key.Id, good.Secret[(good.Key.Id.Length + 1)..]);
            (await ConnectAsync(client, withPassword)).ShouldBe(MqttClientConnectResultCode.NotAuthorized, name);
        }
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Without_a_certificate_user_name_and_password_are_asked_for(MqttProtocolVersion version)
    {
        using var plant = await Plant.SetUpAsync(Server);
        var (key, _) = await plant.KeyAsync(new("Gateway", []) { PublishFilter = "#" });
        using var client = Client();

        (await ConnectAsync(client, Encrypted.Client(version: version))).ShouldBe(MqttClientConnectResultCode.BadUserNameOrPassword);
        (await ConnectAsync(client, Encrypted.Client(version: version).WithCredentials(key.Key.Id, key.Secret[(key.Key.Id.Length + 1)..]))).ShouldBe(MqttClientConnectResultCode.Success);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_certificate_of_another_authority_an_expired_one_and_that_of_a_server_do_not_connect(MqttProtocolVersion version)
    {
        using var plant = await Plant.SetUpAsync(Server);
        var key = await KeyAsync(plant, "#");
        (string Why, Func<(string, string)> Issue)[] refused =
        [
            ("foreign", () => Encrypted.OtherAuthority().Issue(key)),
            ("expired", () => Encrypted.Authority.Issue(key, hasExpired: true)),
            ("of a server", () => Encrypted.Authority.Issue(key, usage: ForServers)),
        ];

        foreach (var (why, issue) in refused)
        {
            var own = issue();
            using var client = Client();
            await Should.ThrowAsync<Exception>(() => ConnectAsync(client, Encrypted.Client(own: own, version: version)), why);
            var (certificate, itsKey) = own;
            (await Encrypted.PublishAsync(Encrypted.Authority, "--cert", certificate, "--key", itsKey, "-q", "1", "-t", "sensors/VB-1/vibration", "-m", Event("VB-1"))).ExitCode.ShouldNotBe(0, why);
        }

        (await Server.FleetAsync()).Status.Stored.ShouldBe(0);
    }

    [Fact]
    public async Task A_last_will_is_a_message_of_the_key()
    {
        using var plant = await Plant.SetUpAsync(Server);
        var own = Encrypted.Authority.Issue(await KeyAsync(plant, "sensors/VB-1/#"));
        using var client = Client();

        (await ConnectAsync(client, Encrypted.Client(own: own).WithWillTopic("sensors/VB-2/vibration").WithWillPayload(Event("VB-2")))).ShouldBe(MqttClientConnectResultCode.NotAuthorized);
        using (var own1 = Client())
            (await ConnectAsync(own1, Encrypted.Client(own: own).WithWillTopic("sensors/VB-1/vibration").WithWillPayload(Event("VB-1")))).ShouldBe(MqttClientConnectResultCode.Success);

        // Disposed without DISCONNECT.
        await Server.WorkedOnAsync(1);
        (await Server.FleetAsync()).Sensors.ShouldHaveSingleItem().SensorId.ShouldBe("VB-1");
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_revoked_key_ends_the_connections_of_its_certificate(MqttProtocolVersion version)
    {
        using var plant = await Plant.SetUpAsync(Server);
        var key = await KeyAsync(plant, "#");
        var own = Encrypted.Authority.Issue(key);
        using var client = Client();
        var gone = new TaskCompletionSource<MqttClientDisconnectReason>();
        client.DisconnectedAsync += ended =>
        {
            gone.TrySetResult(ended.Reason);
            return Task.CompletedTask;
        };
        (await ConnectAsync(client, Encrypted.Client(own: own, version: version).WithWillTopic("sensors/VB-1/vibration").WithWillPayload(Event("VB-1")))).ShouldBe(MqttClientConnectResultCode.Success);

        await RevokeAsync(plant, key);

        var reason = await gone.Task.WaitAsync(TimeLimit.Limit, TimeProvider.System, TestContext.Current.CancellationToken);
        if (version == MqttProtocolVersion.V500)
            reason.ShouldBe(MqttClientDisconnectReason.NotAuthorized);
        (await ConnectAsync(client, Encrypted.Client(own: own, version: version))).ShouldBe(MqttClientConnectResultCode.NotAuthorized);
        (await Server.FleetAsync()).Status.Stored.ShouldBe(0, "it says nothing any more");
    }

    private protected override TestBroker CreateBroker() => new EncryptedTestBroker(extraSettings: [("Broker:RequireKeys", "true"), ("Broker:CertificateAuthorityFile", "{authority}")]);

    private static IMqttClient Client() => new MqttClientFactory().CreateMqttClient();

    private static string Event(string sensorId) => TestSensor.Event(1, TimeProvider.System.GetUtcNow(), sensorId);

    private static async Task<MqttClientConnectResultCode> ConnectAsync(IMqttClient client, MqttClientOptionsBuilder options) =>
        (await client.ConnectAsync(options.Build(), TestContext.Current.CancellationToken)).ResultCode;

    private static async Task<MqttClientPublishReasonCode> PublishAsync(IMqttClient client, string sensorId) =>
        (await client.PublishStringAsync($"sensors/{sensorId}/vibration", Event(sensorId), MqttQualityOfServiceLevel.AtLeastOnce, cancellationToken: TestContext.Current.CancellationToken)).ReasonCode;

    private static async Task<string> KeyAsync(Plant plant, string publishFilter) => (await plant.KeyAsync(new NewAccessKey("Gateway", []) { PublishFilter = publishFilter })).Key.Key.Id;

    private static async Task RevokeAsync(Plant plant, string key)
    {
        using var answer = await plant.Ada.PostAsync($"api/v1/keys/{key}/revoke", null, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
