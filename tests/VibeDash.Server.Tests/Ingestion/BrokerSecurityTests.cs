using VibeDash.Core.Contract;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Ingestion;

/// <summary>A Mosquitto that requires a user, and one with TLS under a private authority.</summary>
public sealed class BrokerSecurityTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("vibedash-security-").FullName;

    [Fact]
    public async Task With_user_and_password_client_id_and_topic_filter_of_its_own_it_receives()
    {
        await using var broker = new Mosquitto(
            "allow_anonymous false\npassword_file {folder}/passwords",
            ("Broker:User", "vibe"), ("Broker:Password", "secret"), ("Broker:ClientId", "hall-7"), ("Broker:TopicFilters:0", "sensors/VB-7/#"));
        using (var passwords = System.Diagnostics.Process.Start(Programs.Find("mosquitto_passwd"), ["-b", "-c", Path.Combine(broker.Folder, "passwords"), "vibe", "secret"]))
            await passwords.WaitForExitAsync(TestContext.Current.CancellationToken);
        await broker.StartAsync();
        await using var server = await TestServer.StartAsync(Path.Combine(_folder, "right"), broker);
        await server.ConnectedToBrokerAsync();

        await using var sensor = await TestSensor.ConnectAsync(broker, "vibe", "secret");
        await sensor.PublishAsync(TestSensor.Event(4, Noon, "VB-8"), "VB-8");
        await sensor.PublishAsync(TestSensor.Event(4, Noon, "VB-7"), "VB-7");
        await server.WorkedOnAsync(1);
        (await server.FleetAsync()).Sensors.ShouldHaveSingleItem().SensorId.ShouldBe("VB-7");

        await using var stranger = await TestServer.StartAsync(
            Path.Combine(_folder, "wrong"), broker, ("Broker:Password", "guess"), ("Broker:ClientId", "hall-8"));
        var refused = await Eventually.GetAsync(
            async () => (await stranger.FleetAsync()).Status is { Broker: BrokerState.Disconnected } status ? status : null, "the broker refuses");
        refused.BrokerDetail!.ShouldContain("NotAuthorized");
    }

    [Fact]
    public async Task With_tls_it_receives_under_the_named_authority_and_under_no_other()
    {
        var (right, wrong) = (new TestAuthority(_folder, "right"), new TestAuthority(_folder, "wrong"));
        var (certificate, key) = right.Issue("server");
        await using var broker = new Mosquitto(
            $"allow_anonymous true\ncertfile {certificate}\nkeyfile {key}",
            ("Broker:Tls", "true"), ("Broker:CertificateAuthorityFile", right.File));
        await broker.StartAsync();

        await using var server = await TestServer.StartAsync(Path.Combine(_folder, "data"), broker);
        await server.ConnectedToBrokerAsync();
        await using var stranger = await TestServer.StartAsync(
            Path.Combine(_folder, "data2"), broker, ("Broker:CertificateAuthorityFile", wrong.File), ("Broker:ClientId", "stranger"));
        var refused = await Eventually.GetAsync(
            async () => (await stranger.FleetAsync()).Status is { Broker: BrokerState.Disconnected } status ? status : null, "a certificate of another authority is refused");
        refused.BrokerDetail.ShouldBe($"The broker's certificate is not accepted: its authority is not among those of {wrong.File}.");

        using var publisher = System.Diagnostics.Process.Start(
            Programs.Find("mosquitto_pub"),
            ["-h", "127.0.0.1", "-p", $"{broker.Port}", "--cafile", right.File, "-q", "1", "-t", "sensors/VB-42345/vibration", "-m", TestSensor.SeedEvent]);
        await publisher.WaitForExitAsync(TestContext.Current.CancellationToken);
        publisher.ExitCode.ShouldBe(0);
        (await server.WorkedOnAsync(1)).Stored.ShouldBe(1);
    }

    [Fact]
    public async Task A_broker_that_asks_for_a_client_certificate_gets_it_and_the_status_says_why_it_refuses_none_or_another()
    {
        var (right, wrong) = (new TestAuthority(_folder, "right"), new TestAuthority(_folder, "wrong"));
        var server = right.Issue("server");
        var client = right.Issue("client", keyPassword: "open sesame");
        var intruder = wrong.Issue("intruder");
        await using var broker = new Mosquitto(
            $"allow_anonymous true\ncafile {right.File}\ncertfile {server.Certificate}\nkeyfile {server.Key}\nrequire_certificate true",
            ("Broker:Tls", "true"), ("Broker:CertificateAuthorityFile", right.File));
        await broker.StartAsync();

        await using var known = await TestServer.StartAsync(
            Path.Combine(_folder, "known"), broker, ("Broker:CertificateFile", client.Certificate), ("Broker:KeyFile", client.Key), ("Broker:KeyPassword", "open sesame"));
        await known.ConnectedToBrokerAsync();
        (await known.GetAsync<ConnectionStatus[]>("api/v1/connections"))!.ShouldHaveSingleItem().Negotiated!.Tls.ShouldBe("TLS 1.3");

        (await RefusalAsync("none", broker)).ShouldStartWith("The broker asked for a client certificate, and none is configured (CertificateFile): ");
        (await RefusalAsync("other", broker, ("Broker:CertificateFile", intruder.Certificate), ("Broker:KeyFile", intruder.Key)))
            .ShouldStartWith($"The broker ended the connection after the TLS handshake; it may not accept the client certificate of {intruder.Certificate}: ");
    }

    [Fact]
    public async Task The_certificate_is_expected_to_name_the_host_or_what_TlsHostName_says()
    {
        var authority = new TestAuthority(_folder, "right");
        var (certificate, key) = authority.Issue("server", "broker.plant.example");
        await using var broker = new Mosquitto(
            $"allow_anonymous true\ncertfile {certificate}\nkeyfile {key}", ("Broker:Tls", "true"), ("Broker:CertificateAuthorityFile", authority.File));
        await broker.StartAsync();

        await using var server = await TestServer.StartAsync(Path.Combine(_folder, "right"), broker, ("Broker:TlsHostName", "broker.plant.example"));
        await server.ConnectedToBrokerAsync();
        (await RefusalAsync("host", broker)).ShouldBe("The broker's certificate is for 'broker.plant.example', not for '127.0.0.1' (TlsHostName).");
        (await RefusalAsync("wrong", broker, ("Broker:TlsHostName", "other.example")))
            .ShouldBe("The broker's certificate is for 'broker.plant.example', not for 'other.example' (TlsHostName).");
    }

    [Fact]
    public async Task The_expected_name_is_asked_for_and_a_port_that_does_not_speak_tls_is_said_to_be_one()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        await using var broker = new ConfiguredBroker(
            ("Broker:Host", "127.0.0.1"), ("Broker:Port", $"{port}"), ("Broker:Tls", "true"), ("Broker:TlsHostName", "broker.plant.example"));

        await using var server = await TestServer.StartAsync(Path.Combine(_folder, "sni"), broker);
        using var accepted = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        var hello = new byte[4096];
        var length = await accepted.GetStream().ReadAsync(hello, TestContext.Current.CancellationToken);
        System.Text.Encoding.Latin1.GetString(hello, 0, length).ShouldContain("broker.plant.example");

        await accepted.GetStream().WriteAsync("This is not TLS"u8.ToArray(), TestContext.Current.CancellationToken);
        var refused = await Eventually.GetAsync(
            async () => (await server.FleetAsync()).Status is { Broker: BrokerState.Disconnected } status ? status : null, "the handshake fails");
        refused.BrokerDetail!.ShouldStartWith("The TLS handshake failed: ");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<string> RefusalAsync(string folder, TestBroker broker, params (string Key, string Value)[] settings)
    {
        await using var stranger = await TestServer.StartAsync(Path.Combine(_folder, folder), broker, [("Broker:ClientId", folder), .. settings]);
        var refused = await Eventually.GetAsync(
            async () => (await stranger.FleetAsync()).Status is { Broker: BrokerState.Disconnected } status ? status : null, "the connection is refused");
        return refused.BrokerDetail!;
    }
}
