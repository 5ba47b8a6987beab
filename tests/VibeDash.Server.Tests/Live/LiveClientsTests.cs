using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Trends;
using VibeDash.Server.Live;

namespace VibeDash.Server.Tests.Live;

/// <summary>The hub's connections, and clients that do not read.</summary>
public sealed class LiveClientsTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new();
    private readonly LiveClients _clients;
    private readonly List<DefaultConnectionContext> _connections = [];
    private readonly JsonHubProtocol _protocol = new(Options.Create(new JsonHubProtocolOptions
    {
        PayloadSerializerOptions = new(DashboardJson.Default.Options),
    }));

    public LiveClientsTests() => _clients = new(new LiveState(), _time);

    [Fact]
    public async Task A_client_gets_one_message_with_the_ticks_of_the_sensors_it_watches()
    {
        var client = Connect("a");
        _clients.Watch("a", ["VB-1", "VB-3", "VB-9"]).ShouldBeTrue();
        Begin();

        _clients.Ticks([Tick("VB-1", 1), Tick("VB-2", 1), Tick("VB-3", 1)]);
        _clients.Ticks([Tick("VB-9", 1)]);

        (await NextTicksAsync(client)).Select(tick => tick.SensorId).ShouldBe(["VB-1", "VB-3"]);
        (await NextTicksAsync(client)).Select(tick => tick.SensorId).ShouldBe(["VB-9"]);
    }

    [Fact]
    public async Task Ticks_begin_with_the_sensors_as_they_stand()
    {
        var client = Connect("a");
        _clients.Watch("a", ["VB-1", "VB-2", "unknown"]);

        _clients.Ticks([Tick("VB-1", 7), Tick("VB-2", 7)]);
        _clients.BeginWatches(sensorId => sensorId == "unknown" ? null : Snapshot(sensorId, 7));
        _clients.Ticks([Tick("VB-1", 8)]);

        (await NextAsync<SensorSnapshot[]>(client, nameof(ILiveClient.SensorsChanged))).Select(sensor => (sensor.SensorId, sensor.Sequence))
            .ShouldBe([("VB-1", 7), ("VB-2", 7)]);
        (await NextTicksAsync(client)).ShouldHaveSingleItem().ShouldBe(Tick("VB-1", 8));
    }

    [Fact]
    public async Task The_overview_tells_of_every_sensor_once_in_a_round()
    {
        var client = Connect("a");
        _clients.WatchOverview("a", watch: true);
        string[] sensors = [.. Enumerable.Range(1, 100).Select(number => $"VB-{number}")];

        for (var sequence = 1; sequence <= OverviewTicks.Turns; sequence++)
            _clients.Ticks([.. sensors.Select(sensorId => Tick(sensorId, sequence))]);
        var told = new List<SensorTick>();
        while (told.Count < sensors.Length)
            told.AddRange(await NextAsync<SensorTick[]>(client, nameof(ILiveClient.Overview)));

        told.Select(tick => tick.SensorId).ShouldBe(sensors, ignoreOrder: true);
        told.ShouldAllBe(tick => tick.Count == tick.Sequence);
        _clients.OverviewWaits.ShouldBeTrue();
        for (var turn = 0; turn < OverviewTicks.Turns; turn++)
            _clients.Ticks([]);
        _clients.OverviewWaits.ShouldBeFalse();
        _clients.Remove("a");
        _clients.AnyWatch.ShouldBeFalse();
    }

    [Fact]
    public async Task Sensors_that_nobody_watches_cost_no_send()
    {
        var (idle, watching, former) = (Connect("idle"), Connect("watching"), Connect("former"));
        _clients.AnyWatch.ShouldBeFalse();
        _clients.Watch("watching", ["VB-1"]);
        _clients.Watch("former", ["VB-2", "VB-2"]);
        _clients.Unwatch("former", ["VB-2", "VB-7"]);
        _clients.AnyWatch.ShouldBeTrue();
        Begin();

        _clients.Ticks([Tick("VB-2", 1)]);
        _clients.Ticks([Tick("VB-1", 5)]);

        (await NextTicksAsync(watching)).ShouldHaveSingleItem().Sequence.ShouldBe(5);
        idle.Transport.Input.TryRead(out _).ShouldBeFalse();
        former.Transport.Input.TryRead(out _).ShouldBeFalse();
        _clients.Remove("watching");
        _clients.AnyWatch.ShouldBeFalse();
    }

    [Fact]
    public async Task Who_watches_the_fleet_and_one_of_its_sensors_gets_every_tick_once()
    {
        var client = Connect("a");
        _clients.Watch("a", ["VB-1"]);
        Begin();
        _clients.WatchFleet("a", watch: true);

        _clients.Ticks([Tick("VB-1", 1), Tick("VB-2", 1), Tick("VB-3", 1)]);
        _clients.WatchFleet("a", watch: false);
        _clients.Ticks([Tick("VB-1", 2), Tick("VB-2", 2)]);

        (await NextTicksAsync(client)).Select(tick => tick.SensorId).ShouldBe(["VB-1", "VB-2", "VB-3"]);
        (await NextTicksAsync(client)).ShouldHaveSingleItem().ShouldBe(Tick("VB-1", 2));
    }

    [Fact]
    public async Task A_client_that_does_not_read_gets_what_it_missed_in_one_tick_a_sensor_and_holds_up_nobody()
    {
        var (slow, quick) = (Connect("slow", takes: 1), Connect("quick"));
        _clients.Watch("slow", ["VB-1", "VB-2"]);
        _clients.Watch("quick", ["VB-1", "VB-2"]);
        Begin();

        _clients.Ticks([Tick("VB-1", 1, level: 4)]);
        for (var sequence = 2; sequence <= 1000; sequence++)
        {
            _clients.Ticks([Tick("VB-1", sequence, level: sequence == 70 ? 9 : sequence == 80 ? 1 : 4), Tick("VB-2", sequence)]);
            (await NextTicksAsync(quick)).ShouldNotBeEmpty();
        }

        (await NextTicksAsync(slow)).ShouldHaveSingleItem().Sequence.ShouldBe(1);
        await SentAsync(_clients.Tend, slow);
        var missed = await NextTicksAsync(slow);
        missed.Select(tick => (tick.SensorId, tick.Sequence, tick.Count)).ShouldBe([("VB-1", 1000, 999), ("VB-2", 1000, 999)], ignoreOrder: true);
        var first = missed.Single(tick => tick.SensorId == "VB-1");
        (first.Min, first.Max, first.Level).ShouldBe((1, 9, 4));
        first.Mean.ShouldBe(((997 * 4) + 9 + 1) / 999.0, 1e-9);
    }

    [Fact]
    public async Task What_a_slow_client_is_yet_to_get_of_a_push_is_not_touched_by_those_that_follow()
    {
        const int sensors = LivePusher.SensorsPerMessage + 1;
        var (slow, quick) = (Connect("slow", takes: 1), Connect("quick"));
        _clients.WatchFleet("slow", watch: true);
        _clients.WatchFleet("quick", watch: true);

        for (var sequence = 1; sequence <= 10; sequence++)
        {
            _clients.Ticks([.. Enumerable.Range(1, sensors).Select(number => Tick($"VB-{number}", sequence))]);
            (await NextTicksAsync(quick)).Length.ShouldBe(LivePusher.SensorsPerMessage);
            (await NextTicksAsync(quick)).ShouldHaveSingleItem().ShouldBe(Tick($"VB-{sensors}", sequence));
        }

        (await NextTicksAsync(slow)).ShouldBe([.. Enumerable.Range(1, sensors - 1).Select(number => Tick($"VB-{number}", 1))]);
        (await NextTicksAsync(slow)).ShouldHaveSingleItem().ShouldBe(Tick($"VB-{sensors}", 1));
    }

    [Fact]
    public async Task A_client_that_does_not_take_its_alert_changes_is_disconnected_and_the_others_get_them_all()
    {
        var (stuck, quick) = (Connect("stuck", takes: 1), Connect("quick"));

        for (var position = 1; position <= LiveClient.MaximumWaiting; position++)
            _clients.AlertsChanged([Change(position)]);
        stuck.ConnectionClosed.IsCancellationRequested.ShouldBeFalse();
        _clients.AlertsChanged([Change(LiveClient.MaximumWaiting + 1)]);

        await EndsAsync(stuck);
        for (var position = 1; position <= LiveClient.MaximumWaiting + 1; position++)
            (await NextAsync<AlertChange[]>(quick, nameof(ILiveClient.AlertsChanged))).ShouldHaveSingleItem().Transition.Position.ShouldBe(position);
        quick.ConnectionClosed.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public async Task A_client_that_takes_nothing_for_ten_seconds_is_disconnected()
    {
        var (stuck, idle) = (Connect("stuck", takes: 1), Connect("idle"));
        _clients.AlertsChanged([Change(1)]);
        await NextAsync<AlertChange[]>(idle, nameof(ILiveClient.AlertsChanged));

        _time.Advance(LiveClient.Timeout);
        _clients.Tend();
        stuck.ConnectionClosed.IsCancellationRequested.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(1));
        _clients.Tend();

        await EndsAsync(stuck);
        idle.ConnectionClosed.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public void Five_hundred_sensors_may_be_watched_and_no_more()
    {
        Connect("a");
        string[] most = [.. Enumerable.Range(0, LiveClient.MaximumSensors).Select(number => $"VB-{number}")];

        _clients.Watch("a", most).ShouldBeTrue();
        _clients.Watch("a", most[..10]).ShouldBeTrue();
        _clients.Watch("a", ["VB-1", "another"]).ShouldBeFalse();
        _clients.Unwatch("a", ["VB-1"]);
        _clients.Watch("a", ["another"]).ShouldBeTrue();
        _clients.Watch("nobody", most).ShouldBeTrue();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections)
            await connection.DisposeAsync();
    }

    private static SensorTick Tick(string sensorId, long sequence, double level = 4) => new(sensorId, sequence, 1, Noon.AddSeconds(sequence), level, level, level, level, 4);

    private static SensorSnapshot Snapshot(string sensorId, long sequence) =>
        new(sensorId, new("Hall, Pump", null, null, null, null), "m/s²", sequence, Noon.AddSeconds(sequence), 4, 4, []);

    // The snapshot at the start of a watch is not the subject of most tests.
    private void Begin() => _clients.BeginWatches(_ => null);

    private static AlertChange Change(long position) => new Alert(position, "VB-1", ConditionKind.BaselineMultiple).Append(
        AlertTransition.Draft(AlertTrigger.Raised, Noon) with { Evaluation = new(1, 1, "Level against baseline", Severity.Critical, 12.5, 12, "m/s²", Noon, null) },
        new JournalNumbers(position, position - 1))!;

    // Nothing is sent until the client has accepted the message in progress, which is noticed a moment later.
    private static async Task SentAsync(Action send, DefaultConnectionContext client)
    {
        using var patience = new CancellationTokenSource(TimeLimit.Limit);
        ReadResult read;
        while (!client.Transport.Input.TryRead(out read))
        {
            patience.Token.ThrowIfCancellationRequested();
            send();
            await Task.Yield();
        }

        client.Transport.Input.AdvanceTo(read.Buffer.Start);
    }

    private static async Task EndsAsync(DefaultConnectionContext client)
    {
        var ended = new TaskCompletionSource();
        using var registration = client.ConnectionClosed.Register(ended.SetResult);
        await ended.Task.WaitAsync(TimeLimit.Limit, TimeProvider.System, TestContext.Current.CancellationToken);
    }

    /// <summary>A connection whose client has its own end to read from; data beyond a number of unread bytes waits.</summary>
    private DefaultConnectionContext Connect(string id, long takes = 1_000_000)
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: takes, resumeWriterThreshold: Math.Max(1, takes / 2), useSynchronizationContext: false));
        var server = new DefaultConnectionContext(id, new DuplexPipe(new Pipe().Reader, pipe.Writer), new DuplexPipe(new Pipe().Reader, new Pipe().Writer));
        var client = new DefaultConnectionContext(id, new DuplexPipe(pipe.Reader, new Pipe().Writer), new DuplexPipe(new Pipe().Reader, new Pipe().Writer))
        {
            ConnectionClosed = server.ConnectionClosed,
        };
        _connections.Add(server);
        var hub = new HubConnectionContext(server, new HubConnectionContextOptions { KeepAliveInterval = Timeout.InfiniteTimeSpan }, NullLoggerFactory.Instance)
        {
            Protocol = _protocol,
        };
        client.ConnectionClosed = hub.ConnectionAborted;
        _clients.Add(hub);
        return client;
    }

    private Task<SensorTick[]> NextTicksAsync(DefaultConnectionContext client) => NextAsync<SensorTick[]>(client, nameof(ILiveClient.Ticks));

    private async Task<T> NextAsync<T>(DefaultConnectionContext client, string method)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(TimeLimit.Limit);
        while (true)
        {
            var read = await client.Transport.Input.ReadAsync(timeout.Token);
            var rest = read.Buffer;
            if (_protocol.TryParseMessage(ref rest, new Binder(typeof(T)), out var message))
            {
                client.Transport.Input.AdvanceTo(rest.Start);
                var invocation = message.ShouldBeOfType<InvocationMessage>();
                invocation.Target.ShouldBe(method);
                return (T)invocation.Arguments[0]!;
            }

            client.Transport.Input.AdvanceTo(rest.Start, rest.End);
        }
    }

    private sealed class DuplexPipe(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;
    }

    private sealed class Binder(Type type) : IInvocationBinder
    {
        public IReadOnlyList<Type> GetParameterTypes(string methodName) => [type];

        public Type GetReturnType(string invocationId) => typeof(object);

        public Type GetStreamItemType(string streamId) => typeof(object);
    }
}
