using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace VibeDash.Server.Mqtt.External;

/// <summary>
/// TLS connection to a broker, for one attempt. The library's own TLS reports neither the TLS version nor why a certificate was refused, and sends
/// a client certificate without its intermediate certificates.
/// </summary>
internal sealed class BrokerTls(BrokerOptions options, int bufferSize)
{
    // In a closed network an unreachable revocation list must not use up the time for connecting.
    private static readonly TimeSpan RevocationTimeout = TimeSpan.FromSeconds(2);

    private Stage _stage;
    private string? _refused;
    private bool _certificateAsked;

    private enum Stage
    {
        Connecting,
        Handshake,
        Encrypted,
    }

    /// <summary>TLS version, e.g. <c>TLS 1.3</c>; null before the handshake.</summary>
    public string? Version { get; private set; }

    private string ServerName => options.TlsHostName.Length > 0 ? options.TlsHostName : options.Host;

    /// <summary>Connects.</summary>
    public async Task<Stream> ConnectAsync(EndPoint brokerEndPoint, CancellationToken cancellationToken)
    {
        var encrypted = new SslStream(await BrokerStream.OpenAsync(brokerEndPoint, bufferSize, cancellationToken));
        _stage = Stage.Handshake;
        try
        {
            await encrypted.AuthenticateAsClientAsync(Authentication(), cancellationToken);
        }
        catch
        {
            await encrypted.DisposeAsync();
            throw;
        }

        _stage = Stage.Encrypted;
        Version = encrypted.SslProtocol switch
        {
            SslProtocols.Tls12 => "TLS 1.2",
            SslProtocols.Tls13 => "TLS 1.3",
            var other => other.ToString(),
        };
        return encrypted;
    }

    /// <summary>Explains why connecting failed, if TLS is the cause; null otherwise.</summary>
    /// <param name="fault">Fault of the connection attempt, before the broker answered.</param>
    public string? Explain(Exception fault)
    {
        var reason = fault.GetBaseException().Message.TrimEnd('.');
        return this switch
        {
            { _refused: { } refused } => refused,
            { _stage: Stage.Connecting } => null,

            // In TLS 1.3 a client learns only after the handshake whether its certificate is accepted, and a reset may overtake that answer.
            _ when _certificateAsked => $"The broker asked for a client certificate, and none is configured (CertificateFile): {reason}.",
            { _stage: Stage.Handshake } => $"The TLS handshake failed: {reason}.",
            _ when options.CertificateFile.Length > 0 => $"The broker ended the connection after the TLS handshake; it may not accept the client certificate of {options.CertificateFile}: {reason}.",
            _ => null,
        };
    }

    private SslClientAuthenticationOptions Authentication()
    {
        var files = CertificateFiles.Read(options);
        var policy = new X509ChainPolicy
        {
            RevocationMode = X509RevocationMode.Online,
            UrlRetrievalTimeout = RevocationTimeout,

            // Known revocations are refused; in a closed network an unreachable revocation service is not.
            VerificationFlags = X509VerificationFlags.IgnoreEndRevocationUnknown | X509VerificationFlags.IgnoreCertificateAuthorityRevocationUnknown,
        };
        if (options.CertificateAuthorityFile.Length > 0)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(files.Authorities());
        }

        var authentication = new SslClientAuthenticationOptions
        {
            TargetHost = ServerName,
            CertificateChainPolicy = policy,
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) => (_refused = Refusal((X509Certificate2?)certificate, chain, errors)) is null,
        };
        if (options.CertificateFile.Length > 0)
        {
            authentication.ClientCertificateContext = files.Certificate();
        }
        else
        {
            // Called before the handshake, and again with the broker's certificate when the broker requests a client certificate.
            authentication.LocalCertificateSelectionCallback = (_, _, _, remote, _) =>
            {
                _certificateAsked |= remote is not null;
                return null!;
            };
        }

        return authentication;
    }

    private string? Refusal(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
            return null;
        if (certificate is null)
            return "The broker presented no certificate.";
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
        {
            var status = chain?.ChainStatus.FirstOrDefault(status => status.Status is not (X509ChainStatusFlags.RevocationStatusUnknown or X509ChainStatusFlags.OfflineRevocation)) ?? default;
            return "The broker's certificate is not accepted: " + status.Status switch
            {
                X509ChainStatusFlags.UntrustedRoot or X509ChainStatusFlags.PartialChain when options.CertificateAuthorityFile.Length > 0 =>
                    $"its authority is not among those of {options.CertificateAuthorityFile}.",
                X509ChainStatusFlags.UntrustedRoot or X509ChainStatusFlags.PartialChain => "this machine does not know its authority (CertificateAuthorityFile).",
                X509ChainStatusFlags.NotTimeValid => $"it is valid from {certificate.NotBefore:yyyy-MM-dd} to {certificate.NotAfter:yyyy-MM-dd}, or one that it depends on is out of date.",
                _ => $"{status.Status}.",
            };
        }

        return $"The broker's certificate is for {NamesOf(certificate)}, not for '{ServerName}' (TlsHostName).";
    }

    private static string NamesOf(X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(extension => extension.EnumerateDnsNames().Concat(extension.EnumerateIPAddresses().Select(address => address.ToString())))
            .Select(name => $"'{name}'").ToArray();
        return names.Length > 0 ? string.Join(", ", names) : certificate.Subject;
    }
}
