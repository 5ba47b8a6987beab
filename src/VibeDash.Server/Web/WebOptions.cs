using System.ComponentModel.DataAnnotations;
using System.Net;

namespace VibeDash.Server.Web;

/// <summary>Section <c>Web</c>.</summary>
internal sealed class WebOptions
{
    public const string Section = "Web";

    /// <summary>Reverse proxies whose <c>X-Forwarded-For</c>, <c>-Proto</c> and <c>-Host</c> are believed: addresses, and networks such as <c>10.0.0.0/8</c>. Default: none.</summary>
    [Networks(ErrorMessage = "IP addresses, and networks such as 10.0.0.0/8")]
    public string[] Proxies { get; set; } = [];

    /// <summary>Requests a second of one address or person; ten times as many at once.</summary>
    [Range(10, 1_000_000, ErrorMessage = "10 to 1,000,000")]
    public int RequestsPerSecond { get; set; } = 2_000;

    /// <summary>Open hub connections of all together.</summary>
    [Range(1, 100_000, ErrorMessage = "1 to 100,000")]
    public int HubConnections { get; set; } = 1_000;

    /// <summary>Open hub connections of one address or person.</summary>
    [Range(1, 100_000, ErrorMessage = "1 to 100,000")]
    public int HubConnectionsEach { get; set; } = 100;

    /// <summary>A network, or an address as the network of it alone.</summary>
    public static bool TryReadNetwork(string text, out IPNetwork network)
    {
        if (!IPAddress.TryParse(text, out var address))
            return IPNetwork.TryParse(text, out network);
        network = new(address, address.GetAddressBytes().Length * 8);
        return true;
    }

    [AttributeUsage(AttributeTargets.Property)]
    private sealed class NetworksAttribute : ValidationAttribute
    {
        public override bool IsValid(object? value) => value is string[] texts && texts.All(text => TryReadNetwork(text, out _));
    }
}
