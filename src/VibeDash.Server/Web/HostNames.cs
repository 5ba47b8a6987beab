using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Primitives;

namespace VibeDash.Server.Web;

/// <summary>
/// The host names this server answers to: those of the addresses it listens on, and those in <c>AllowedHosts</c>. A page of another site whose name leads
/// to this server (DNS rebinding) would otherwise be of the same origin. An address cannot be rebound, so where the server listens on all addresses, any
/// address is a name of it: behind a container's port it does not know its own. Thread-safe.
/// </summary>
internal sealed class HostNames(IServer server, IConfiguration configuration)
{
    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "[::1]"];

    private Names? _names;

    /// <summary>True when a listening address is HTTPS.</summary>
    public bool AnyHttps => Addresses.Any(address => address.StartsWith("https:", StringComparison.OrdinalIgnoreCase));

    private ICollection<string> Addresses => server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];

    /// <summary>True for a name of this server, with any port: a proxy or container may publish another one.</summary>
    public bool Contains(HostString host)
    {
        // Only a client of HTTP/1.0, which is no browser, may leave it out.
        if (!host.HasValue || _names?.Contains(host.Host) == true)
            return true;

        // Addresses and settings can change while the server runs.
        return (_names = Read()).Contains(host.Host);
    }

    private Names Read()
    {
        var configured = new[] { configuration["Urls"] }
            .Concat(configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]))
            .SelectMany(urls => (urls ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        var (names, anyAddress) = (new HashSet<string>(StringComparer.OrdinalIgnoreCase), false);
        foreach (var name in Addresses.Select(Host).OfType<string>())
            anyAddress |= Add(names, name);

        // The listening addresses do not tell a configured name: for one, Kestrel listens on all addresses.
        names.UnionWith(configured.Select(Host).OfType<string>().Where(name => !IPAddress.TryParse(name, out _) && name is not ("*" or "+")));
        StringSegment[] patterns = [.. (configuration["AllowedHosts"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(name => new StringSegment(name))];
        return new(names, anyAddress, patterns);
    }

    /// <summary>Adds the names of a listening address.</summary>
    /// <returns>True when it stands for all addresses.</returns>
    private static bool Add(HashSet<string> names, string host)
    {
        var isAddress = IPAddress.TryParse(host, out var address);
        var all = isAddress ? address!.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) : host is "*" or "+";
        if (all)
            names.Add(Dns.GetHostName());
        else
            names.Add(host);
        if (all || host.EndsWith("localhost", StringComparison.OrdinalIgnoreCase) || (isAddress && IPAddress.IsLoopback(address!)))
            names.UnionWith(Loopback);
        return all;
    }

    // Null for a socket of the file system: no browser can reach it, and what is before it has other names.
    private static string? Host(string address)
    {
        try
        {
            return BindingAddress.Parse(address) is { IsUnixPipe: false, IsNamedPipe: false } binding ? binding.Host : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private sealed record Names(HashSet<string> Known, bool AnyAddress, StringSegment[] Patterns)
    {
        public bool Contains(string host) => Known.Contains(host) || (AnyAddress && IPAddress.TryParse(host, out _)) || HostString.MatchesAny(host, Patterns);
    }
}
