using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using VibeDash.Server.Mqtt;
using VibeDash.Server.Mqtt.Embedded;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Ingestion;

/// <summary>TLS of the embedded broker, on its own port beside that for clients without.</summary>
public sealed class EmbeddedTlsTests : ServerTest
{
    private const string Topic = "sensors/VB-1/vibration";

    private static readonly byte[] PingRequest = [0xC0, 0];

    private EncryptedTestBroker Encrypted => (EncryptedTestBroker)Broker;

    [Theory]
    [InlineData(MqttProtocolVersion.V500)]
    [InlineData(MqttProtocolVersion.V311)]
    public async Task Clients_publish_over_TLS_and_without_it_on_their_ports(MqttProtocolVersion version)
    {
        using (var client = new MqttClientFactory().CreateMqttClient())
        {
            await client.ConnectAsync(Encrypted.Client(version: version).Build(), TestContext.Current.CancellationToken);
            await client.PublishStringAsync(Topic, Event(1), MqttQualityOfServiceLevel.AtLeastOnce, cancellationToken: TestContext.Current.CancellationToken);

            // Longer than a TLS record, and than a message that is passed on.
            await client.PublishStringAsync("sensors/VB-1/long", new string('x', 300_000), MqttQualityOfServiceLevel.AtLeastOnce, cancellationToken: TestContext.Current.CancellationToken);
        }

        await using (var plain = await TestSensor.ConnectAsync(Broker))
            await plain.PublishAsync(Event(2));
        (await Encrypted.PublishAsync(Encrypted.Authority, "-V", version == MqttProtocolVersion.V500 ? "5" : "311", "-q", "1", "-t", Topic, "-m", Event(3))).ExitCode.ShouldBe(0);

        await Server.WorkedOnAsync(3);
        (await Server.FleetAsync()).Status.Stored.ShouldBe(3);
        (await Server.ConnectionAsync()).TlsAddress.ShouldBe($"127.0.0.1:{Encrypted.TlsPort}");
    }

    [Fact]
    public async Task A_subscriber_receives_over_TLS()
    {
        using var subscriber = Encrypted.Start("mosquitto_sub", Encrypted.Authority, "-t", "others/#", "-C", "1");
        var received = subscriber.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var text = new string('y', 100_000);

        // Until the subscription is there.
        await Eventually.TrueAsync(
            async () =>
            {
                (await Encrypted.PublishAsync(Encrypted.Authority, "-q", "1", "-t", "others/a", "-m", text)).ExitCode.ShouldBe(0);
                return subscriber.HasExited;
            },
            "the subscriber has its message");

        (await received).Trim().ShouldBe(text);
    }

    [Fact]
    public async Task A_client_that_trusts_another_authority_does_not_connect()
    {
        var other = Encrypted.OtherAuthority();
        using var client = new MqttClientFactory().CreateMqttClient();

        await Should.ThrowAsync<Exception>(() => client.ConnectAsync(Encrypted.Client(other).Build(), TestContext.Current.CancellationToken));
        (await Encrypted.PublishAsync(other, "-q", "1", "-t", Topic, "-m", Event(1))).ExitCode.ShouldNotBe(0);

        (await Server.FleetAsync()).Status.Stored.ShouldBe(0);
    }

    [Fact]
    public async Task A_renewed_certificate_is_served_without_a_restart_and_a_broken_one_never()
    {
        await using var sensor = await TestSensor.ConnectAsync(Broker);
        using var open = await HandshakeAsync(SslProtocols.None);
        open.RemoteCertificate!.Subject.ShouldBe("CN=broker");
        await open.WriteAsync(RawClient.Connect("from before"), TestContext.Current.CancellationToken);
        await open.ReadExactlyAsync(new byte[4], TestContext.Current.CancellationToken);

        // The certificate and not yet its key.
        var (renewed, itsKey) = Encrypted.Authority.Issue("renewed");
        File.Copy(renewed, Encrypted.CertificateFile, overwrite: true);
        var warned = await Eventually.GetAsync(
            async () => (await Server.ConnectionAsync()).Warnings.FirstOrDefault(warning => warning.Contains("cannot be used", StringComparison.Ordinal)), "the status says so");
        warned.ShouldStartWith("The changed certificate files cannot be used, so the certificate of before is served: ");
        using (var meanwhile = await HandshakeAsync(SslProtocols.None))
            meanwhile.RemoteCertificate!.Subject.ShouldBe("CN=broker");

        File.Copy(itsKey, Encrypted.KeyFile, overwrite: true);
        await Eventually.TrueAsync(
            async () =>
            {
                using var next = await HandshakeAsync(SslProtocols.None);
                return next.RemoteCertificate!.Subject == "CN=renewed";
            },
            "the renewed certificate is served");
        (await Server.ConnectionAsync()).Warnings.ShouldNotContain(warning => warning.Contains("cannot be used", StringComparison.Ordinal));

        // Those who are connected notice nothing.
        await sensor.PublishAsync(Event(1));
        await open.WriteAsync(PingRequest, TestContext.Current.CancellationToken);
        await open.ReadExactlyAsync(new byte[2], TestContext.Current.CancellationToken);
    }

    [Theory]
#pragma warning disable CA5397, SYSLIB0039 // What is refused.
    [InlineData(SslProtocols.Tls11, false)]
#pragma warning restore CA5397, SYSLIB0039
    [InlineData(SslProtocols.Tls12, true)]
    [InlineData(SslProtocols.Tls13, true)]
    public async Task It_speaks_TLS_from_version_1_2_on(SslProtocols version, bool isSpoken)
    {
        if (isSpoken)
        {
            using var stream = await HandshakeAsync(version);
            stream.SslProtocol.ShouldBe(version);
        }
        else
        {
            await Should.ThrowAsync<Exception>(() => HandshakeAsync(version));
        }
    }

    [Fact]
    public async Task A_slow_handshake_holds_up_nobody_and_is_ended()
    {
        using var silent = await OpenAsync();
        using var slow = await OpenAsync();

        // A record of 512 bytes is announced, and its beginning comes a byte a second.
        byte[] record = [22, 3, 1, 2, 0, 1, .. new byte[100]];
        var dribbling = DribbleAsync(slow, record);

        using (var client = new MqttClientFactory().CreateMqttClient())
            await client.ConnectAsync(Encrypted.Client().Build(), TestContext.Current.CancellationToken);
        dribbling.IsCompleted.ShouldBeFalse();

        await dribbling.WaitAsync(TimeLimit.Limit, TimeProvider.System, TestContext.Current.CancellationToken);
        (await ReadAsync(silent)).ShouldBe(0);
    }

    [Fact]
    public async Task Who_does_not_speak_TLS_is_ended_at_once()
    {
        using var plain = await OpenAsync();
        var began = TimeProvider.System.GetTimestamp();
        await plain.SendAsync(RawClient.Connect("plain"), TestContext.Current.CancellationToken);

        while (await ReadAsync(plain) > 0)
        {
        }

        TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(EmbeddedBrokerLimits.ConnectTimeout);
        (await Encrypted.PublishAsync(null, "-q", "1", "-t", Topic, "-m", Event(1))).ExitCode.ShouldNotBe(0);
    }

    [Fact]
    public async Task Handshakes_that_are_begun_and_left_make_room_for_others()
    {
        var sockets = new List<Socket>();
        try
        {
            var began = TimeProvider.System.GetTimestamp();
            sockets.Add(await OpenAsync());
            await sockets[0].SendAsync(new byte[] { 22, 3, 1 }, TestContext.Current.CancellationToken);
            for (var more = 0; more < EmbeddedBrokerLimits.SilentConnections; more++)
                sockets.Add(await OpenAsync());

            (await ReadAsync(sockets[0])).ShouldBe(0);
            TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(EmbeddedBrokerLimits.ConnectTimeout, "the oldest gave way, before its time was over");
            using var client = new MqttClientFactory().CreateMqttClient();
            await client.ConnectAsync(Encrypted.Client().Build(), TestContext.Current.CancellationToken);
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite, 0)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.GroupRead, 0)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.OtherRead, 1)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.GroupWrite, 1)]
    public void A_key_that_others_can_read_or_change_has_a_warning_in_the_log(UnixFileMode mode, int warnings)
    {
        if (OperatingSystem.IsWindows())
            return;
        File.SetUnixFileMode(Encrypted.KeyFile, mode);
        var log = new LogLines();
        var connection = Server.Services.GetRequiredService<BrokerConnections>().All[0];

        _ = new EmbeddedBrokerTls(connection.Options, connection, TimeProvider.System, log);

        log.Written.Count.ShouldBe(warnings);
        log.Written.ShouldAllBe(line => line.StartsWith($"Warning: Other users of this machine can read or change {Encrypted.KeyFile}", StringComparison.Ordinal));
    }

    private protected override TestBroker CreateBroker() => new EncryptedTestBroker(isBeside: true);

    private static string Event(double level) => TestSensor.Event(level, TimeProvider.System.GetUtcNow());

    private static async Task<int> ReadAsync(Socket socket)
    {
        try
        {
            return await socket.ReceiveAsync(new byte[1024], TestContext.Current.CancellationToken);
        }
        catch (SocketException)
        {
            return 0;
        }
    }

    private static async Task DribbleAsync(Socket socket, byte[] bytes)
    {
        try
        {
            foreach (var next in bytes)
            {
                await socket.SendAsync(new[] { next }, TestContext.Current.CancellationToken);
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
            }
        }
        catch (SocketException)
        {
        }
    }

    private async Task<Socket> OpenAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync("127.0.0.1", Encrypted.TlsPort, TestContext.Current.CancellationToken);
        return socket;
    }

    private async Task<SslStream> HandshakeAsync(SslProtocols version)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(Encrypted.Authority.File);
        var stream = new SslStream(new NetworkStream(await OpenAsync(), ownsSocket: true));
        try
        {
            await stream.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions { TargetHost = "127.0.0.1", EnabledSslProtocols = version, CertificateChainPolicy = policy },
                TestContext.Current.CancellationToken);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }
}
