using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace VibeDash.Simulator.Sending;

/// <summary>Host and port of a broker. Immutable.</summary>
public sealed record BrokerAddress
{
    /// <summary>The default port of MQTT without TLS.</summary>
    public const int DefaultPort = 1883;

    /// <summary>Creates an address.</summary>
    /// <param name="host">Name or IP address; not blank.</param>
    /// <param name="port">TCP port, 1 to 65535.</param>
    public BrokerAddress(string host, int port = DefaultPort)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(host);
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, 65535);
        (Host, Port) = (host, port);
    }

    /// <summary>Name or IP address.</summary>
    public string Host { get; }

    /// <summary>TCP port.</summary>
    public int Port { get; }

    /// <summary>Parses <c>host</c>, <c>host:port</c> or <c>[IPv6]:port</c>.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out BrokerAddress? address)
    {
        address = null;
        if (string.IsNullOrWhiteSpace(text) || text.Any(char.IsWhiteSpace))
            return false;

        var colon = text.LastIndexOf(':');
        if (colon < 0 || text.EndsWith(']'))
            (text, colon) = (text + ":" + DefaultPort.ToString(CultureInfo.InvariantCulture), text.Length);
        var host = text[..colon];
        var bracketed = host is ['[', _, .., ']'];
        if (host.Length == 0 || (!bracketed && host.AsSpan().ContainsAny("[]:/"))
            || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65535)
            return false;

        address = new(bracketed ? host[1..^1] : host, port);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
