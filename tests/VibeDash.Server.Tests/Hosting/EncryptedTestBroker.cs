using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using MQTTnet;
using MQTTnet.Formatter;

namespace VibeDash.Server.Tests.Hosting;

/// <summary>The embedded broker with TLS on its port, or on one beside it, with certificates of an authority of its own.</summary>
internal sealed class EncryptedTestBroker : TestBroker
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vibedash-tls-").FullName;
    private readonly bool _isBeside;
    private readonly (string Key, string Value)[] _extraSettings;

    /// <param name="isBeside">True to have TLS on a port beside that for clients without.</param>
    /// <param name="extraSettings">Settings beside those of TLS; <c>{authority}</c> stands for the file of the authority.</param>
    public EncryptedTestBroker(bool isBeside = false, params (string Key, string Value)[] extraSettings)
    {
        (_isBeside, _extraSettings) = (isBeside, extraSettings);
        Authority = new(_folder, "plant");
        (CertificateFile, KeyFile) = Authority.Issue("broker");
        TlsPort = isBeside ? LoopbackPort.Free() : Port;
    }

    /// <summary>Issued the certificate of the broker.</summary>
    public TestAuthority Authority { get; }

    public string CertificateFile { get; }

    public string KeyFile { get; }

    public int TlsPort { get; }

    public override IEnumerable<(string Key, string Value)> Settings =>
    [
        ("Broker:Port", $"{Port}"), _isBeside ? ("Broker:TlsPort", $"{TlsPort}") : ("Broker:Tls", "true"),
        ("Broker:CertificateFile", CertificateFile), ("Broker:KeyFile", KeyFile),
        .. _extraSettings.Select(setting => (setting.Key, setting.Value.Replace("{authority}", Authority.File, StringComparison.Ordinal))),
    ];

    /// <summary>An authority that the broker does not know.</summary>
    public TestAuthority OtherAuthority() => new(Directory.CreateDirectory(Path.Combine(_folder, "other")).FullName, "other");

    /// <summary>A client that trusts an authority and has perhaps a certificate.</summary>
    public MqttClientOptionsBuilder Client(TestAuthority? trusted = null, (string Certificate, string Key)? own = null, MqttProtocolVersion version = MqttProtocolVersion.V500) =>
        new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", TlsPort).WithProtocolVersion(version).WithTimeout(TimeLimit.Limit).WithTlsOptions(tls =>
        {
            tls.UseTls().WithTargetHost("127.0.0.1").WithRevocationMode(X509RevocationMode.NoCheck).WithTrustChain([X509CertificateLoader.LoadCertificateFromFile((trusted ?? Authority).File)]);
            if (own is var (certificate, key))
                tls.WithClientCertificates([X509Certificate2.CreateFromPemFile(certificate, key)]);
        });

    /// <summary>Runs <c>mosquitto_pub</c> against it.</summary>
    /// <returns>Exit code and what it says on its error output.</returns>
    public async Task<(int ExitCode, string Error)> PublishAsync(TestAuthority? trusted, params string[] arguments)
    {
        using var process = Start("mosquitto_pub", trusted, arguments);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper?.WriteLine($"mosquitto_pub: {process.ExitCode} {error}");
        return (process.ExitCode, error);
    }

    /// <summary>Starts a client of Mosquitto against it.</summary>
    public Process Start(string program, TestAuthority? trusted, params string[] arguments) => Process.Start(new ProcessStartInfo(
        Programs.Find(program), ["-h", "127.0.0.1", "-p", $"{TlsPort}", .. trusted is null ? (string[])[] : ["--cafile", trusted.File], .. arguments])
    {
        RedirectStandardError = true,
        RedirectStandardOutput = true,
    })!;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
