using System.Net.Http.Json;
using System.Net;
using System.Text.Json;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using VibeDash.Core.Contract;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Tests.Hosting;

/// <summary>The server on a free loopback port, over a real database file.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    /// <summary>Settings with long retention: test events have fixed dates long before the current time.</summary>
    public static readonly (string Key, string Value)[] KeepsAll = [("History:ReadingDays", "36500"), ("History:MinuteDays", "36500")];

    private readonly WebApplicationFactory<Program> _factory;
    private readonly string _folder;

    private TestServer(WebApplicationFactory<Program> factory, string folder)
    {
        _factory = factory;
        _folder = folder;
        factory.UseKestrel(0);
        factory.StartServer();
        Http = factory.CreateClient();
        Http.DefaultRequestHeaders.Add(NamedPerson.Header, "Ada");
    }

    public HttpClient Http { get; }

    public IServiceProvider Services => _factory.Services;

    /// <summary>Starts a server over the database in <paramref name="folder"/>.</summary>
    public static Task<TestServer> StartAsync(string folder, TestBroker broker, params (string Key, string Value)[] settings) =>
        StartAsync(folder, broker, TimeProvider.System, settings);

    /// <summary>Starts a server with the test's own clock.</summary>
    public static async Task<TestServer> StartAsync(string folder, TestBroker broker, TimeProvider time, params (string Key, string Value)[] settings)
    {
        EmptyDatabase.PutInto(folder);

        // Not on the test's thread: the start blocks.
        var server = await Task.Run(() => new TestServer(new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
        {
            // In Development, static files are served from the build output.
            host.UseEnvironment("Development");
            host.UseSetting("Demo:Enabled", "false");
            host.UseSetting("Urls", "http://127.0.0.1:0");
            host.UseSetting("Storage:Folder", folder);
            host.UseSetting("Logging:LogLevel:Default", "Warning");
            host.ConfigureServices(services => NamedPerson.Add(services.AddSingleton(time)));
            foreach (var (key, value) in KeepsAll.Concat(broker.Settings).Concat(settings))
                host.UseSetting(key, value);
        }), folder));
        return server;
    }

    public async Task<T?> GetAsync<T>(string path)
    {
        using var response = await Http.GetAsync(path, TestContext.Current.CancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return default;
        response.EnsureSuccessStatusCode();
        return (T?)await response.Content.ReadFromJsonAsync(typeof(T), DashboardJson.Default, TestContext.Current.CancellationToken);
    }

    public async Task<FleetSnapshot> FleetAsync() => (await GetAsync<FleetSnapshot>("api/v1/fleet"))!;

    /// <summary>Connection to its only broker.</summary>
    public async Task<ConnectionStatus> ConnectionAsync() => (await GetAsync<ConnectionStatus[]>("api/v1/connections"))!.ShouldHaveSingleItem();

    /// <summary>Sends events over HTTP, all in one request.</summary>
    public async Task PostEventsAsync(params IEnumerable<string> events)
    {
        using var content = new StringContent($"[{string.Join(',', events)}]", Encoding.UTF8, "application/json");
        using var response = await Http.PostAsync("api/v1/events", content, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    /// <summary>Sends a request in the name of a person; other requests are sent in that of Ada.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? body, string by)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        request.Headers.Add(NamedPerson.Header, Uri.EscapeDataString(by));
        return await Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public Task<HttpResponseMessage> AcknowledgeAsync(long alertId, string by, string? note = null) =>
        SendAsync(HttpMethod.Post, $"api/v1/alerts/{alertId}/acknowledge", JsonContent.Create(new { note }, options: JsonSerializerOptions.Web), by);

    /// <summary>Waits until the server has processed this many messages, with any outcome.</summary>
    public Task<ServerStatus> WorkedOnAsync(long messages) => Eventually.GetAsync(
        async () => (await FleetAsync()).Status is var status && status.Stored + status.Duplicates + status.Rejected >= messages ? status : null,
        $"{messages} messages worked on");

    public Task ConnectedToBrokerAsync() => Eventually.TrueAsync(
        async () => (await FleetAsync()).Status.Broker == BrokerState.Connected, "the server is connected to the broker");

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _factory.DisposeAsync();

        // The program ends by itself after its host, on another thread that nothing else waits for.
        await Eventually.TrueAsync(() => Task.FromResult(IsFree()), "the server has closed its database");
    }

    private bool IsFree()
    {
        try
        {
            using var hold = new DatabaseHold(_folder);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
