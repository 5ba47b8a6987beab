using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Security.Cryptography;
using VibeDash.Core.Payloads;
using VibeDash.Server.Mqtt.External;
using VibeDash.Server.Sources;

namespace VibeDash.Server.Mqtt;

/// <summary>An MQTT broker to listen to: section <c>Broker</c>, or an entry of section <c>Brokers</c>.</summary>
internal sealed class BrokerOptions : IValidatableObject
{
    public const string Section = "Broker";

    /// <summary>Name of the broker: unique, and set by whoever reads the section.</summary>
    public string Name { get; set; } = "";

    /// <summary>Its section in the configuration, for messages about what is wrong in it.</summary>
    public string Key { get; internal set; } = Section;

    /// <summary>Host name or address of the broker. Empty, the default, starts the embedded broker.</summary>
    public string Host { get; set; } = "";

    /// <summary>Port of the broker, the embedded one's included (there 0 means any free port).</summary>
    [Range(0, 65535, ErrorMessage = "0 to 65535")]
    public int Port { get; set; } = 1883;

    /// <summary>Address the embedded broker listens on. It has no users yet, so keep it to loopback unless the network is trusted.</summary>
    public string ListenAddress { get; set; } = "127.0.0.1";

    /// <summary>Encrypt the connection. The broker's certificate must name <see cref="TlsHostName"/> or else <see cref="Host"/> and be trusted by this machine or by <see cref="CertificateAuthorityFile"/>.</summary>
    public bool Tls { get; set; }

    /// <summary>PEM file with the certificates of the authority that signed the broker's; empty for those this machine trusts.</summary>
    public string CertificateAuthorityFile { get; set; } = "";

    /// <summary>PEM file with the certificate by which the server shows the broker who it is, and those that link it to its authority; empty for none.</summary>
    public string CertificateFile { get; set; } = "";

    /// <summary>PEM file with the private key of the certificate; empty when <see cref="CertificateFile"/> holds it, too.</summary>
    public string KeyFile { get; set; } = "";

    /// <summary>Password of an encrypted key; empty when it is not encrypted.</summary>
    public string KeyPassword { get; set; } = "";

    /// <summary>The name asked for (SNI) and expected in the broker's certificate, where it is not <see cref="Host"/>; empty when it is.</summary>
    public string TlsHostName { get; set; } = "";

    /// <summary>MQTT version: <c>5</c>, and 3.1.1 with a broker that refuses it, or <c>3.1.1</c>.</summary>
    [AllowedValues("5", "3.1.1", ErrorMessage = "5 or 3.1.1")]
    public string Protocol { get; set; } = "5";

    /// <summary>User name; empty for none.</summary>
    public string User { get; set; } = "";

    /// <summary>Password; empty for none.</summary>
    public string Password { get; set; } = "";

    /// <summary>Client id: the broker keeps undelivered messages under it, so two servers need two.</summary>
    [Required(ErrorMessage = "1 to 128 characters")]
    [StringLength(128, ErrorMessage = "1 to 128 characters")]
    public string ClientId { get; set; } = "vibedash";

    /// <summary>Topic filters whose messages are events; for other payloads see <see cref="SourceReader"/>. Default: <c>sensors/+/vibration</c>.</summary>
    public string[] TopicFilters { get; set; } = [];

    /// <summary>Most messages the broker may send before the first of them is acknowledged (MQTT 5 receive maximum).</summary>
    [Range(1, 65535, ErrorMessage = "1 to 65535")]
    public int ReceiveMaximum { get; set; } = 2048;

    /// <summary>How long the broker keeps messages for a server that is away, in hours (MQTT 5 session expiry).</summary>
    [Range(0, 8760, ErrorMessage = "0 to 8760")]
    public int SessionExpiryHours { get; set; } = 168;

    /// <summary>The topic filters, with the default when none is configured: binding an array appends to its default.</summary>
    public IReadOnlyList<string> EffectiveTopicFilters => TopicFilters.Length > 0 ? TopicFilters : ["sensors/+/vibration"];

    /// <summary>True when MQTT 5 is tried.</summary>
    public bool SpeaksVersion5 => Protocol == "5";

    /// <summary>True when the server's own broker is used.</summary>
    public bool IsEmbedded => Host.Length == 0;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IPAddress.TryParse(ListenAddress, out _))
            yield return new("an IP address such as 127.0.0.1 or 0.0.0.0", [nameof(ListenAddress)]);
        if (!IsEmbedded && Port == 0)
            yield return new("1 to 65535 for a broker of one's own", [nameof(Port)]);
        if (IsEmbedded && Tls)
            yield return new("false for the embedded broker; name a Host to use TLS", [nameof(Tls)]);
        if (CertificateAuthorityFile.Length > 0 && !(Tls && File.Exists(CertificateAuthorityFile)))
            yield return new("a PEM file that exists, with Tls=true", [nameof(CertificateAuthorityFile)]);
        if (TlsHostName.Length > 0 && !(Tls && Uri.CheckHostName(TlsHostName) != UriHostNameType.Unknown))
            yield return new("a host name, with Tls=true", [nameof(TlsHostName)]);
        if (CertificateFile.Length == 0 && KeyFile.Length > 0)
            yield return new("nothing without CertificateFile", [nameof(KeyFile)]);
        if (CertificateFile.Length > 0 && ClientCertificateFault() is { } fault)
            yield return new($"a PEM file with a certificate, with Tls=true and its private key in KeyFile ({fault})", [nameof(CertificateFile)]);
        foreach (var filter in TopicFilters)
        {
            if (!TopicPattern.TryParse(filter, out _))
                yield return new(TopicPattern.Allowed, [nameof(TopicFilters)]);
        }
    }

    private string? ClientCertificateFault()
    {
        if (!Tls)
            return "Tls is false";
        try
        {
            BrokerTls.LoadClientCertificate(this);
            return null;
        }
        catch (Exception fault) when (fault is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return fault.Message.TrimEnd('.');
        }
    }

    /// <summary>The broker as the configuration of sources sees it.</summary>
    public SourceBroker ToSourceBroker() => new(Name, Key, EffectiveTopicFilters);
}
