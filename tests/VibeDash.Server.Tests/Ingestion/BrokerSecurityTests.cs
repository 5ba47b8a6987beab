using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using VibeDash.Core.Live;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Ingestion;

/// <summary>A Mosquitto that asks for a user, and one that speaks TLS under an authority of its own.</summary>
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
        var (right, wrong) = (Authority("right"), Authority("wrong"));
        await using var broker = new Mosquitto(
            "allow_anonymous true\ncertfile {folder}/server.crt\nkeyfile {folder}/server.key",
            ("Broker:Tls", "true"), ("Broker:CertificateAuthorityFile", right.File));
        WriteServerCertificate(right.Certificate, broker.Folder);
        await broker.StartAsync();

        await using var server = await TestServer.StartAsync(Path.Combine(_folder, "data"), broker);
        await server.ConnectedToBrokerAsync();
        await using var stranger = await TestServer.StartAsync(
            Path.Combine(_folder, "data2"), broker, ("Broker:CertificateAuthorityFile", wrong.File), ("Broker:ClientId", "stranger"));
        await Eventually.TrueAsync(
            async () => (await stranger.FleetAsync()).Status is { Broker: BrokerState.Disconnected }, "a certificate of another authority is refused");

        using var publisher = System.Diagnostics.Process.Start(
            Programs.Find("mosquitto_pub"),
            ["-h", "127.0.0.1", "-p", $"{broker.Port}", "--cafile", right.File, "-q", "1", "-t", "sensors/VB-42345/vibration", "-m", TestSensor.SeedEvent]);
        await publisher.WaitForExitAsync(TestContext.Current.CancellationToken);
        publisher.ExitCode.ShouldBe(0);
        (await server.WorkedOnAsync(1)).Stored.ShouldBe(1);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private (X509Certificate2 Certificate, string File) Authority(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name} test authority", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
        var file = Path.Combine(_folder, name + ".pem");
        File.WriteAllText(file, certificate.ExportCertificatePem());
        return (certificate, file);
    }

    private static void WriteServerCertificate(X509Certificate2 authority, string folder)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(authority, authority.NotBefore, authority.NotAfter, [1, 2, 3, 4]);
        File.WriteAllText(Path.Combine(folder, "server.crt"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "server.key"), key.ExportPkcs8PrivateKeyPem());
    }
}
