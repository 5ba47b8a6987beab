using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace VibeDash.Server.Tests.Hosting;

/// <summary>A certificate authority for one test, which writes issued certificates to a folder.</summary>
internal sealed class TestAuthority
{
    private readonly string _folder;
    private readonly X509Certificate2 _certificate;
    private byte _serial;

    public TestAuthority(string folder, string name)
    {
        _folder = folder;
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name} test authority", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        _certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
        File = Path.Combine(folder, name + ".pem");
        System.IO.File.WriteAllText(File, _certificate.ExportCertificatePem());
    }

    /// <summary>PEM file of its own certificate.</summary>
    public string File { get; }

    /// <summary>Issues a certificate for 127.0.0.1 or a host name.</summary>
    /// <param name="name">Its common name, also that of the files.</param>
    /// <param name="host">Host name or address.</param>
    /// <param name="keyPassword">Password of its key; empty for none.</param>
    /// <param name="usage">Object identifier of what it may be used for only; null for anything.</param>
    /// <param name="hasExpired">True for one that was valid until an hour ago.</param>
    /// <returns>PEM files of the certificate and of its key.</returns>
    public (string Certificate, string Key) Issue(string name, string host = "127.0.0.1", string keyPassword = "", string? usage = null, bool hasExpired = false)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(host, out var address))
            names.AddIpAddress(address);
        else
            names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        if (usage is not null)
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new(usage)], critical: false));
        var end = hasExpired ? TimeProvider.System.GetUtcNow().AddHours(-1) : _certificate.NotAfter;
        using var certificate = request.Create(_certificate, _certificate.NotBefore, end, [1, 2, 3, ++_serial]);
        var (certificateFile, keyFile) = (Path.Combine(_folder, name + ".crt"), Path.Combine(_folder, name + ".key"));
        System.IO.File.WriteAllText(certificateFile, certificate.ExportCertificatePem());
        System.IO.File.WriteAllText(keyFile, keyPassword.Length == 0
            ? key.ExportPkcs8PrivateKeyPem()
            : key.ExportEncryptedPkcs8PrivateKeyPem(keyPassword, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 10_000)));
        if (!OperatingSystem.IsWindows())
            System.IO.File.SetUnixFileMode(keyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return (certificateFile, keyFile);
    }
}
