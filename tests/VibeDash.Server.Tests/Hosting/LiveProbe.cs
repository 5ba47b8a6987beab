using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Notes;
using VibeDash.Core.Trends;

namespace VibeDash.Server.Tests.Hosting;

/// <summary>A browser's connection to the hub, without the browser.</summary>
internal sealed class LiveProbe : IAsyncDisposable
{
    private readonly HubConnection _connection;

    private LiveProbe(HubConnection connection) => _connection = connection;

    public Channel<SensorTick> Ticks { get; } = Channel.CreateUnbounded<SensorTick>();

    public Channel<SensorSnapshot> Sensors { get; } = Channel.CreateUnbounded<SensorSnapshot>();

    public Channel<AlertChange> Alerts { get; } = Channel.CreateUnbounded<AlertChange>();

    public Channel<NoteChange> Notes { get; } = Channel.CreateUnbounded<NoteChange>();

    public Channel<ServerStatus> Statuses { get; } = Channel.CreateUnbounded<ServerStatus>();

    public static async Task<LiveProbe> ConnectAsync(TestServer server)
    {
        var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(server.Http.BaseAddress!, LiveHubMethods.Path), options => options.Headers.Add(NamedPerson.Header, "Ada"))
            .AddJsonProtocol(json => json.PayloadSerializerOptions.TypeInfoResolverChain.Insert(0, DashboardJson.Default))
            .Build();
        var probe = new LiveProbe(connection);
        connection.On<SensorTick[]>(nameof(ILiveClient.Ticks), ticks => Put(probe.Ticks, ticks));
        connection.On<SensorSnapshot[]>(nameof(ILiveClient.SensorsChanged), sensors => Put(probe.Sensors, sensors));
        connection.On<AlertChange[]>(nameof(ILiveClient.AlertsChanged), changes => Put(probe.Alerts, changes));
        connection.On<NoteChange[]>(nameof(ILiveClient.NotesChanged), changes => Put(probe.Notes, changes));
        connection.On<ServerStatus>(nameof(ILiveClient.StatusChanged), status => Put(probe.Statuses, [status]));
        await connection.StartAsync(TestContext.Current.CancellationToken);
        return probe;
    }

    public Task CallAsync(string method, params object?[] arguments) =>
        _connection.InvokeCoreAsync(method, arguments, TestContext.Current.CancellationToken);

    /// <summary>The first message that matches; those before it are dropped.</summary>
    public static async Task<T> NextAsync<T>(Channel<T> channel, Func<T, bool>? matches = null)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(TimeLimit.Limit);
        while (true)
        {
            var message = await channel.Reader.ReadAsync(timeout.Token);
            if (matches is null || matches(message))
                return message;
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static void Put<T>(Channel<T> channel, IEnumerable<T> messages)
    {
        foreach (var message in messages)
            channel.Writer.TryWrite(message);
    }
}
