using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using VibeDash.Server.Startup;

namespace VibeDash.Server.Mqtt.Embedded;

/// <summary>
/// TLS of the embedded broker: its certificate, and the authority of client certificates, whose files are read again when they change. Files that cannot
/// be used leave those of before in force, which log and status say. Thread-safe.
/// </summary>
internal sealed partial class EmbeddedBrokerTls
{
    // At most this much later a renewed certificate is served.
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan ExpiryWarning = TimeSpan.FromDays(14);

    private readonly BrokerOptions _options;
    private readonly BrokerConnection _connection;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private volatile InForce _inForce;
    private string? _fault;
    private bool _isFaultSaid;

    /// <summary>Reads the files.</summary>
    /// <exception cref="StartupException">A file cannot be used.</exception>
    public EmbeddedBrokerTls(BrokerOptions options, BrokerConnection connection, TimeProvider time, ILogger logger)
    {
        (_options, _connection, _time, _logger) = (options, connection, time, logger);
        try
        {
            _inForce = InForce.Of(CertificateFiles.Read(options));
        }
        catch (Exception fault) when (CertificateFiles.IsFault(fault))
        {
            throw new StartupException($"The certificate of the embedded broker ({options.Key}:CertificateFile) cannot be used: {fault.Message}", fault);
        }

        WarnOfReaders();
        Warn();
    }

    /// <summary>Makes the handshake with a client.</summary>
    /// <param name="stream">The connection; owned by the result.</param>
    /// <param name="cancelled">Ends it.</param>
    /// <exception cref="AuthenticationException">The client does not speak TLS 1.2 or 1.3, or its certificate is refused; the message says which.</exception>
    /// <exception cref="IOException">The connection was closed.</exception>
    public async Task<SslStream> AuthenticateAsync(Stream stream, CancellationToken cancelled)
    {
        var (inForce, encrypted, refused) = (_inForce, new SslStream(stream), default(string));
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,

            // A certificate is revoked by revoking its key; and no client makes this server ask an address that its certificate names.
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(inForce.Authorities);
        try
        {
            await encrypted.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificateContext = inForce.Certificate,
#pragma warning disable CA5398 // Older versions are not offered, whatever the machine allows.
                    EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
#pragma warning restore CA5398

                    // Asked for, but a client without one may have a user name and password.
                    ClientCertificateRequired = inForce.Authorities.Count > 0,
                    CertificateChainPolicy = policy,
                    RemoteCertificateValidationCallback = (_, certificate, chain, errors) => (refused = Refusal(certificate, chain, errors)) is null,
                    AllowRenegotiation = false,

                    // Each connection is judged by the authority that is in force.
                    AllowTlsResume = false,
                },
                cancelled);
            return encrypted;
        }
        catch
        {
            await encrypted.DisposeAsync();
            if (refused is not null)
                throw new AuthenticationException(refused);
            throw;
        }
    }

    /// <summary>Looks for changed files until the server stops.</summary>
    public async Task FollowAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(LookInterval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping))
                Look();
        }
        catch (OperationCanceledException)
        {
            // The server is stopping.
        }
    }

    private static string? Refusal(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        certificate is null || errors == SslPolicyErrors.None ? null
        : $"Its certificate ({certificate.Subject}) is refused: " + chain?.ChainStatus.Select(status => status.Status).FirstOrDefault() switch
        {
            X509ChainStatusFlags.UntrustedRoot or X509ChainStatusFlags.PartialChain => "another authority issued it.",
            X509ChainStatusFlags.NotTimeValid => "it has expired, or is not valid yet.",
            X509ChainStatusFlags.NotValidForUsage => "it was not issued for clients.",
            var other => $"{other}.",
        };

    private void Look()
    {
        string? fault = null;
        try
        {
            var files = CertificateFiles.Read(_options);
            if (!files.IsSameAs(_inForce.Files))
            {
                _inForce = InForce.Of(files);
                LogRenewed(_inForce.Subject, _inForce.Expiry);
                WarnOfReaders();
            }
        }
        catch (Exception unusable)
        {
            fault = unusable.Message.TrimEnd('.');
        }

        // The files of a renewal come one after the other: a key that is not yet that of the certificate is a fault only when it stays so.
        var isSaid = fault is not null && fault == _fault;
        if (isSaid && !_isFaultSaid)
            LogUnusable(_options.Key, fault!);
        (_fault, _isFaultSaid) = (fault, isSaid);
        Warn();
    }

    private void Warn()
    {
        var expiry = _inForce.Expiry;
        _connection.CertificateWarning =
            _isFaultSaid ? $"The changed certificate files cannot be used, so the certificate of before is served: {_fault}."
            : expiry <= _time.GetUtcNow() ? $"The certificate has expired on {expiry:yyyy-MM-dd}: clients refuse it."
            : expiry <= _time.GetUtcNow() + ExpiryWarning ? $"The certificate expires on {expiry:yyyy-MM-dd}."
            : null;
    }

    private void WarnOfReaders()
    {
        if (OperatingSystem.IsWindows())
            return;
        var path = _options.KeyFile.Length > 0 ? _options.KeyFile : _options.CertificateFile;
        try
        {
            // A group may read it, as on Debian ssl-cert does.
            if ((File.GetUnixFileMode(path) & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.GroupWrite)) != 0)
                LogReaders(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // It was replaced meanwhile: the next look tells.
        }
    }

    [LoggerMessage(LogLevel.Information, "The embedded broker serves its renewed certificate: {Subject}, valid until {Expiry:yyyy-MM-dd}")]
    private partial void LogRenewed(string subject, DateTimeOffset expiry);

    [LoggerMessage(LogLevel.Warning, "The changed certificate files of {Key} cannot be used, so the embedded broker serves the certificate of before: {Fault}")]
    private partial void LogUnusable(string key, string fault);

    [LoggerMessage(LogLevel.Warning, "Other users of this machine can read or change {Path}, which holds the private key of the embedded broker: give it mode 0600, or 0640 with a group for those who may read it")]
    private partial void LogReaders(string path);

    private sealed record InForce(CertificateFiles Files, SslStreamCertificateContext Certificate, X509Certificate2Collection Authorities)
    {
        public string Subject => Certificate.TargetCertificate.Subject;

        public DateTimeOffset Expiry => Certificate.TargetCertificate.NotAfter;

        public static InForce Of(CertificateFiles files) => new(files, files.Certificate(), files.Authorities());
    }
}
