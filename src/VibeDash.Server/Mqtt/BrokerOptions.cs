using System.ComponentModel.DataAnnotations;
using System.Net;
using VibeDash.Core.Payloads;
using VibeDash.Server.Sources;

namespace VibeDash.Server.Mqtt;

/// <summary>An MQTT broker to subscribe to: section <c>Broker</c>, or an entry of section <c>Brokers</c>.</summary>
internal sealed class BrokerOptions : IValidatableObject
{
    public const string Section = "Broker";

    /// <summary>Unique name of the broker; set by the reader of the section.</summary>
    public string Name { get; set; } = "";

    /// <summary>Its configuration section, for messages about faults.</summary>
    public string Key { get; internal set; } = Section;

    /// <summary>Host name or address of the broker. Empty, the default, starts the embedded broker.</summary>
    public string Host { get; set; } = "";

    /// <summary>Port of the broker, external or embedded (for the latter, 0 means any free port).</summary>
    [Range(0, 65535, ErrorMessage = "0 to 65535")]
    public int Port { get; set; } = 1883;

    /// <summary>Address the embedded broker listens on.</summary>
    public string ListenAddress { get; set; } = "127.0.0.1";

    /// <summary>Whether clients of the embedded broker need a key. Unset: unless it listens on a loopback address.</summary>
    public bool? RequireKeys { get; set; }

    /// <summary>True when clients of the embedded broker need a key.</summary>
    public bool AsksForKeys => RequireKeys ?? !IsOnLoopback;

    /// <summary>
    /// Encrypts the connection. The broker's certificate must be issued for <see cref="TlsHostName"/> or else <see cref="Host"/>, and be trusted by this
    /// machine or by <see cref="CertificateAuthorityFile"/>. With the embedded broker: <see cref="Port"/> is for TLS only.
    /// </summary>
    public bool Tls { get; set; }

    /// <summary>Port of the embedded broker for TLS, beside <see cref="Port"/>; null for none, 0 for any free port.</summary>
    [Range(0, 65535, ErrorMessage = "0 to 65535")]
    public int? TlsPort { get; set; }

    /// <summary>
    /// PEM file with the certificates of the authority that issued the broker's; empty for those trusted by this machine. With the embedded broker: of the
    /// authority of client certificates; empty to ask for none.
    /// </summary>
    public string CertificateAuthorityFile { get; set; } = "";

    /// <summary>PEM file with a certificate and its intermediate certificates: that of the embedded broker, or with another one the client certificate of this server, empty for none.</summary>
    public string CertificateFile { get; set; } = "";

    /// <summary>PEM file with the private key of the certificate; empty when <see cref="CertificateFile"/> contains it.</summary>
    public string KeyFile { get; set; } = "";

    /// <summary>Password of an encrypted key; empty for an unencrypted key.</summary>
    public string KeyPassword { get; set; } = "";

    /// <summary>Host name for SNI and the broker's certificate, if different from <see cref="Host"/>; empty otherwise.</summary>
    public string TlsHostName { get; set; } = "";

    /// <summary>MQTT version: <c>5</c> (with fallback to 3.1.1 when the broker refuses it) or <c>3.1.1</c>.</summary>
    [AllowedValues("5", "3.1.1", ErrorMessage = "5 or 3.1.1")]
    public string Protocol { get; set; } = "5";

    /// <summary>User name; empty for none.</summary>
    public string User { get; set; } = "";

    /// <summary>Password; empty for none.</summary>
    public string Password { get; set; } = "";

    /// <summary>Client id. The broker keeps undelivered messages under it, so each server needs its own.</summary>
    [Required(ErrorMessage = "1 to 128 characters")]
    [StringLength(128, ErrorMessage = "1 to 128 characters")]
    public string ClientId { get; set; } = "vibedash";

    /// <summary>Topic filters of events; for other payloads see <see cref="SourceReader"/>. Default: <c>sensors/+/vibration</c>.</summary>
    public string[] TopicFilters { get; set; } = [];

    /// <summary>Maximum number of unacknowledged messages in flight (MQTT 5 receive maximum).</summary>
    [Range(1, 65535, ErrorMessage = "1 to 65535")]
    public int ReceiveMaximum { get; set; } = 2048;

    /// <summary>Time for which the broker keeps messages for a disconnected server, in hours (MQTT 5 session expiry).</summary>
    [Range(0, 8760, ErrorMessage = "0 to 8760")]
    public int SessionExpiryHours { get; set; } = 168;

    /// <summary>The topic filters, or the default when none is configured: binding an array appends to its default.</summary>
    public IReadOnlyList<string> EffectiveTopicFilters => TopicFilters.Length > 0 ? TopicFilters : ["sensors/+/vibration"];

    /// <summary>True when MQTT 5 is tried.</summary>
    public bool SpeaksVersion5 => Protocol == "5";

    /// <summary>True for the embedded broker.</summary>
    public bool IsEmbedded => Host.Length == 0;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IPAddress.TryParse(ListenAddress, out _))
            yield return new("an IP address such as 127.0.0.1 or 0.0.0.0", [nameof(ListenAddress)]);
        else if (RequireKeys == false && !IsOnLoopback)
            yield return new("true, or a loopback ListenAddress", [nameof(RequireKeys)]);
        if (!IsEmbedded && Port == 0)
            yield return new("1 to 65535 for an external broker", [nameof(Port)]);
        if (TlsPort is not null && (!IsEmbedded || Tls))
            yield return new("nothing with a Host, and nothing with Tls=true, which encrypts Port", [nameof(TlsPort)]);
        else if (TlsPort == Port && Port != 0)
            yield return new("another port than Port", [nameof(TlsPort)]);
        if (TlsHostName.Length > 0 && (IsEmbedded || !Tls || Uri.CheckHostName(TlsHostName) == UriHostNameType.Unknown))
            yield return new("a host name, with a Host and Tls=true", [nameof(TlsHostName)]);
        if (CertificateFile.Length == 0 && KeyFile.Length > 0)
            yield return new("only together with CertificateFile", [nameof(KeyFile)]);
        if (CertificateAuthorityFile.Length > 0 && FaultOf(new() { CertificateAuthorityFile = CertificateAuthorityFile }, files => files.Authorities()) is { } authority)
            yield return new($"a PEM file with the certificates of an authority, with Tls=true ({authority})", [nameof(CertificateAuthorityFile)]);
        if ((CertificateFile.Length > 0 || (IsEmbedded && HasTls))
            && FaultOf(new() { CertificateFile = CertificateFile, KeyFile = KeyFile, KeyPassword = KeyPassword }, files => files.Certificate()) is { } certificate)
            yield return new($"a PEM file with a certificate, with Tls=true and its private key in KeyFile ({certificate})", [nameof(CertificateFile)]);
        foreach (var filter in TopicFilters)
        {
            if (!TopicPattern.TryParse(filter, out _))
                yield return new(TopicPattern.Allowed, [nameof(TopicFilters)]);
        }
    }

    /// <summary>True when the connection, or a port of the embedded broker, is encrypted.</summary>
    public bool HasTls => Tls || TlsPort is not null;

    /// <summary>True when keys and readings reach the embedded broker over a network without TLS.</summary>
    public bool IsInClear => IsEmbedded && !Tls && !IsOnLoopback;

    private bool IsOnLoopback => IPAddress.IsLoopback(IPAddress.Parse(ListenAddress));

    private string? FaultOf(BrokerOptions named, Action<CertificateFiles> use)
    {
        if (!HasTls)
            return "Tls is false";
        try
        {
            use(CertificateFiles.Read(named));
            return null;
        }
        catch (Exception fault) when (CertificateFiles.IsFault(fault))
        {
            return fault.Message.TrimEnd('.');
        }
    }

    /// <summary>Converts to the type used by the configuration of sources.</summary>
    public SourceBroker ToSourceBroker() => new(Name, Key, EffectiveTopicFilters);
}
