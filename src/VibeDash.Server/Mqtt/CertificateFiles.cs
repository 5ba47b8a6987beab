using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace VibeDash.Server.Mqtt;

/// <summary>The PEM files that the options of a broker name for TLS, as they were at one moment. Immutable.</summary>
internal sealed class CertificateFiles
{
    private readonly string _certificate, _key, _authorities, _password;

    private CertificateFiles(string certificate, string key, string authorities, string password) =>
        (_certificate, _key, _authorities, _password) = (certificate, key, authorities, password);

    /// <summary>Reads the files; those that the options do not name are empty.</summary>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The server may not read a file.</exception>
    public static CertificateFiles Read(BrokerOptions options)
    {
        var certificate = TextOf(options.CertificateFile);
        return new(certificate, options.KeyFile.Length > 0 ? TextOf(options.KeyFile) : certificate, TextOf(options.CertificateAuthorityFile), options.KeyPassword);
    }

    /// <summary>True when a fault is that of a file: missing, not to be read, not valid, or a key of another certificate.</summary>
    public static bool IsFault(Exception fault) => fault is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException;

    /// <summary>True when the files have the same content.</summary>
    public bool IsSameAs(CertificateFiles other) => (_certificate, _key, _authorities) == (other._certificate, other._key, other._authorities);

    /// <summary>The certificate with its key and its intermediate certificates.</summary>
    /// <exception cref="CryptographicException">A file is not valid, or the password is wrong.</exception>
    /// <exception cref="ArgumentException">The key is that of another certificate.</exception>
    public SslStreamCertificateContext Certificate()
    {
        var certificate = _password.Length > 0
            ? X509Certificate2.CreateFromEncryptedPem(_certificate, _key, _password)
            : X509Certificate2.CreateFromPem(_certificate, _key);

        // Windows requires a persisted key.
        if (OperatingSystem.IsWindows())
            certificate = X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
        var links = new X509Certificate2Collection();
        links.ImportFromPem(_certificate);
        return SslStreamCertificateContext.Create(certificate, links, offline: true);
    }

    /// <summary>The certificates of authorities; empty when the options name no file.</summary>
    /// <exception cref="CryptographicException">There is no certificate in the file, or one is not valid.</exception>
    public X509Certificate2Collection Authorities()
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(_authorities);
        return authorities.Count > 0 || _authorities.Length == 0 ? authorities : throw new CryptographicException("There is no certificate in the file of the authority.");
    }

    private static string TextOf(string path) => path.Length > 0 ? File.ReadAllText(path) : "";
}
