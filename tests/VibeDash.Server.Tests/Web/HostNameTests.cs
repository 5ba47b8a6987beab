using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using VibeDash.Core.Contract;
using VibeDash.Server.Tests.Hosting;
using VibeDash.Server.Web;

namespace VibeDash.Server.Tests.Web;

/// <summary>A name that leads to this server, and is not its own, gets nothing of it.</summary>
public sealed class HostNameTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Theory]
    [InlineData("attacker.example")]
    [InlineData("127.0.0.1.attacker.example")]
    [InlineData("localhost.attacker.example")]
    [InlineData("localhost.")]
    [InlineData("192.0.2.7")]
    public async Task A_foreign_name_reads_changes_and_hears_nothing(string name)
    {
        var server = shared.Running;
        var port = server.Http.BaseAddress!.Port;
        foreach (var (method, path) in new[]
                 {
                     ("GET", ""), ("GET", "api/v1/status"), ("GET", "app.css"), ("GET", "health"), ("DELETE", "api/v1/rules/1"), ("POST", "api/v1/alerts/1/acknowledge"),
                     ("POST", "hubs/live/negotiate?negotiateVersion=1"), ("GET", "hubs/live"), ("GET", "api/v1/live"), ("GET", "nowhere"),
                 })
        {
            using var response = await server.AskAsync(method, path, null, null, $"Host: {name}:{port}");
            (await response.RefusalAsync()).ShouldBe((HttpStatusCode.MisdirectedRequest, RefusalCode.HostUnknown), path);
        }

        (await server.GetAsync<RuleVersion[]>("api/v1/rules"))!.Length.ShouldBe(3);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    public async Task Each_name_of_the_loopback_address_is_its_own_with_any_port(string name)
    {
        using var response = await shared.Running.AskAsync("GET", "api/v1/status", null, null, $"Host: {name}:8443");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080", "", "vibedash.plant", false)]
    [InlineData("http://127.0.0.1:5080", "vibedash.plant;*.hall.plant", "vibedash.plant", true)]
    [InlineData("http://127.0.0.1:5080", "vibedash.plant;*.hall.plant", "two.hall.plant", true)]
    [InlineData("http://127.0.0.1:5080", "vibedash.plant;*.hall.plant", "localhost", true)]
    [InlineData("http://127.0.0.1:5080", "vibedash.plant;*.hall.plant", "hall.plant.attacker.example", false)]
    [InlineData("http://192.168.7.5:80", "", "192.168.7.5", true)]
    [InlineData("http://192.168.7.5:80", "", "192.168.7.6", false)]
    [InlineData("http://192.168.7.5:80", "", "localhost", false)]
    [InlineData("http://[::]:80", "", "192.168.7.6", true)]
    [InlineData("http://[::]:80", "", "[fd00::7]", true)]
    [InlineData("http://0.0.0.0:80", "", "localhost", true)]
    [InlineData("http://0.0.0.0:80", "", "attacker.example", false)]
    [InlineData("http://0.0.0.0:80", "", "THIS", true)]
    [InlineData("http://dash.localhost:80", "", "dash.localhost", true)]
    [InlineData("http://unix:/run/vibedash.sock", "", "localhost", false)]
    [InlineData("http://unix:/run/vibedash.sock", "vibedash.plant", "vibedash.plant", true)]
    public void The_names_are_those_of_the_addresses_and_the_allowed_ones(string address, string allowed, string host, bool expected) =>
        Names(address, ("AllowedHosts", allowed)).Contains(new(host.Replace("THIS", Dns.GetHostName(), StringComparison.Ordinal), 80)).ShouldBe(expected);

    [Theory]
    [InlineData("Urls")]
    [InlineData("Kestrel:Endpoints:Plant:Url")]
    public void A_configured_name_is_its_own_although_the_server_then_listens_on_all_addresses(string key)
    {
        var names = Names("http://[::]:80", (key, "http://vibedash.plant:80"));

        (names.Contains(new("vibedash.plant")), names.Contains(new("attacker.example"))).ShouldBe((true, false));
    }

    private static HostNames Names(string address, params (string Key, string Value)[] settings) => new(
        new Listening(address),
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Key, setting.Value))).Build());

    private sealed class Listening : IServer
    {
        public Listening(string address)
        {
            var addresses = new ServerAddressesFeature();
            addresses.Addresses.Add(address);
            Features.Set<IServerAddressesFeature>(addresses);
        }

        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
