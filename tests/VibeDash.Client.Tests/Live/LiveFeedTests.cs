using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using VibeDash.Client.Live;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;

namespace VibeDash.Client.Tests.Live;

public sealed class LiveFeedTests : IAsyncDisposable
{
    private readonly Channel<string> _asked = Channel.CreateUnbounded<string>();
    private WebApplication? _server;
    private int _refused;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }

    [Fact]
    public async Task Hears_typed_messages()
    {
        var site = await StartServerAsync();
        await using var feed = new LiveFeed(site, TimeProvider.System, NullLogger<LiveFeed>.Instance);
        var connected = new TaskCompletionSource();
        var alerts = new TaskCompletionSource<AlertChange[]>();
        using var subscription = feed.Subscribe(new LiveHandlers
        {
            ConnectionChanged = _ => connected.TrySetResult(),
            AlertsChanged = changes => alerts.TrySetResult(changes),
        });
        await connected.Task.WaitAsync(Cancellation);

        await Hub.Clients.All.AlertsChanged([Some.Change(3, Some.Alert(9, severity: Severity.Warning))]);

        (await alerts.Task.WaitAsync(Cancellation)).ShouldBe([Some.Change(3, Some.Alert(9, severity: Severity.Warning))]);
    }

    [Fact]
    public async Task After_an_outage_watches_are_applied_again_before_the_connection_is_told_of()
    {
        var site = await StartServerAsync();
        await using var feed = new LiveFeed(site, TimeProvider.System, NullLogger<LiveFeed>.Instance);
        var connections = Channel.CreateUnbounded<LiveConnection>();
        using var subscription = feed.Subscribe(new LiveHandlers
        {
            ConnectionChanged = connection =>
            {
                if (connection == LiveConnection.Connected)
                    _asked.Writer.TryWrite("told");
                connections.Writer.TryWrite(connection);
            },
        });
        (await connections.Reader.ReadAsync(Cancellation)).ShouldBe(LiveConnection.Connected);
        await using var watch = await feed.WatchSensorsAsync(["VB-1"]);
        (await AskedAsync(2)).ShouldBe(["told", "watch VB-1"]);

        await _server!.DisposeAsync();
        (await connections.Reader.ReadAsync(Cancellation)).ShouldBe(LiveConnection.Reconnecting);
        await StartServerAsync(site);

        (await connections.Reader.ReadAsync(Cancellation)).ShouldBe(LiveConnection.Connected);
        (await AskedAsync(2)).ShouldBe(["watch VB-1", "told"]);
    }

    [Fact]
    public async Task When_the_session_has_ended_it_says_so_and_stops_trying()
    {
        var site = await StartServerAsync();
        await using var feed = new LiveFeed(site, TimeProvider.System, NullLogger<LiveFeed>.Instance);
        var connections = Channel.CreateUnbounded<LiveConnection>();
        using var subscription = feed.Subscribe(new LiveHandlers { ConnectionChanged = connection => connections.Writer.TryWrite(connection) });
        (await connections.Reader.ReadAsync(Cancellation)).ShouldBe(LiveConnection.Connected);

        await _server!.DisposeAsync();
        (await connections.Reader.ReadAsync(Cancellation)).ShouldBe(LiveConnection.Reconnecting);
        await StartServerAsync(site, signedOut: true);

        LiveConnection last;
        do
            last = await connections.Reader.ReadAsync(Cancellation);
        while (last == LiveConnection.Reconnecting);
        last.ShouldBe(LiveConnection.SignedOut);
        var asked = _refused;
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, Cancellation);
        _refused.ShouldBe(asked);
        feed.Connection.ShouldBe(LiveConnection.SignedOut);
    }

    [Fact]
    public async Task A_watch_ends_with_the_last_who_wanted_it()
    {
        var site = await StartServerAsync();
        await using var feed = new LiveFeed(site, TimeProvider.System, NullLogger<LiveFeed>.Instance);
        var connected = new TaskCompletionSource();
        using var subscription = feed.Subscribe(new LiveHandlers { ConnectionChanged = _ => connected.TrySetResult() });
        await connected.Task.WaitAsync(Cancellation);
        var first = await feed.WatchSensorsAsync(["VB-1", "VB-2"]);
        var second = await feed.WatchSensorsAsync(["VB-3", "VB-1"]);

        await first.DisposeAsync();
        await first.DisposeAsync();
        await using var other = await feed.WatchOverviewAsync();
        await second.DisposeAsync();

        (await AskedAsync(5)).ShouldBe(["watch VB-1 VB-2", "watch VB-3", "unwatch VB-2", "watch overview", "unwatch VB-3 VB-1"]);
    }

    private IHubContext<RecordingHub, ILiveClient> Hub => _server!.Services.GetRequiredService<IHubContext<RecordingHub, ILiveClient>>();

    private async Task<List<string>> AskedAsync(int count)
    {
        var asked = new List<string>();
        while (asked.Count < count)
            asked.Add(await _asked.Reader.ReadAsync(Cancellation));
        return asked;
    }

    private async Task<Uri> StartServerAsync(Uri? address = null, bool signedOut = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address?.ToString() ?? "http://127.0.0.1:0");
        builder.WebHost.UseShutdownTimeout(TimeSpan.Zero);
        builder.Services.AddSingleton(_asked.Writer);
        builder.Services.AddSignalR().AddJsonProtocol(json => json.PayloadSerializerOptions.TypeInfoResolverChain.Insert(0, DashboardJson.Default));
        _server = builder.Build();
        if (signedOut)
        {
            _server.Run(context =>
            {
                Interlocked.Increment(ref _refused);
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                return Task.CompletedTask;
            });
        }

        _server.MapHub<RecordingHub>("/" + LiveHubMethods.Path);
        await _server.StartAsync(Cancellation);
        return new Uri(_server.Urls.Single() + "/");
    }

    private sealed class RecordingHub(ChannelWriter<string> asked) : Hub<ILiveClient>
    {
        [HubMethodName(LiveHubMethods.WatchOverview)]
        public void WatchOverview() => asked.TryWrite("watch overview");

        [HubMethodName(LiveHubMethods.UnwatchOverview)]
        public void UnwatchOverview() => asked.TryWrite("unwatch overview");

        [HubMethodName(LiveHubMethods.WatchSensors)]
        public void WatchSensors(string[] sensorIds) => asked.TryWrite($"watch {string.Join(' ', sensorIds)}");

        [HubMethodName(LiveHubMethods.UnwatchSensors)]
        public void UnwatchSensors(string[] sensorIds) => asked.TryWrite($"unwatch {string.Join(' ', sensorIds)}");
    }
}
