using System.Diagnostics;
using System.Text;
using VibeDash.Core.Contract;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Faults;

/// <summary>A night's backlog in the broker when the server returns.</summary>
[Collection(nameof(Alone))]
public sealed class BacklogTests : IDisposable
{
    private const int Sensors = 100;

    private static readonly int Readings = LongRun.Count(2500, 10_000);
    private static readonly int Messages = Sensors * Readings;

    // A short backlog would be gone before it can be told of: whenever the state was asked for, nothing is stored for a while.
    private static readonly TimeSpan HeldUp = TimeSpan.FromMilliseconds(LongRun.Count(100, 0));
    private static readonly TimeSpan Night = TimeSpan.FromHours(8);

    private readonly string _folder = Directory.CreateTempSubdirectory("vibedash-backlog-").FullName;
    private readonly DateTimeOffset _evening = TimeProvider.System.GetUtcNow() - Night;

    [Fact]
    public async Task Messages_that_waited_for_a_night_are_drained_in_order_while_the_pages_answer_and_say_that_they_catch_up()
    {
        await using var broker = new Mosquitto("allow_anonymous true\nmax_queued_messages 0\nmax_inflight_messages 0\nautosave_interval 3600\nset_tcp_nodelay true");
        await broker.StartAsync();
        await using (var server = await TestServer.StartAsync(_folder, broker))
            await server.ConnectedToBrokerAsync();
        var watch = Stopwatch.StartNew();
        await SendAsync(broker);
        TestContext.Current.TestOutputHelper?.WriteLine($"Sent in {watch.Elapsed.TotalSeconds:0.0} s");

        await using (var server = await TestServer.StartAsync(_folder, broker))
        {
            await using var probe = await LiveProbe.ConnectAsync(server);
            await probe.CallAsync(LiveHubMethods.WatchFleet);
            await server.ConnectedToBrokerAsync();
            using var drained = new CancellationTokenSource();
            var (ticks, statuses) = (LongestGapAsync(probe.Ticks.Reader, drained.Token), LongestGapAsync(probe.Statuses.Reader, drained.Token));
            watch.Restart();
            var (slowest, asked, reached) = await DrainedAsync(server);
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"Drained in {watch.Elapsed.TotalSeconds:0.0} s; the slowest of {asked} answers took {slowest.TotalMilliseconds:0} ms; said to catch up at {reached.Count} moments");

            // The page advanced from the first to the last reading.
            await drained.CancelAsync();
            var (longestTick, allTicks) = await ticks;
            var (longestStatus, allStatuses) = await statuses;
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{allTicks.Count} ticks at most {longestTick.TotalMilliseconds:0} ms apart, {allStatuses.Count} states at most {longestStatus.TotalMilliseconds:0} ms apart");
            (slowest < TimeLimit.Soon, longestTick < TimeLimit.Soon, longestStatus < TimeLimit.Soon).ShouldBe((true, true, true));
            asked.ShouldBeGreaterThan(10);
            allTicks.Sum(tick => tick.Count).ShouldBeGreaterThan(Messages / 2);

            // And it showed the backlog.
            reached.ShouldNotBeEmpty();
            reached.Select(backlog => backlog.Reached).ShouldBeInOrder();
            reached[0].Reached.ShouldBeInRange(_evening, _evening + Night);
            allStatuses.ShouldContain(status => status.Backlog != null);
            var status = await Eventually.GetAsync(
                async () => (await server.FleetAsync()).Status is { Backlog: null } live ? live : null, "the server shows the present");
            (status.Stored, status.Late, status.Duplicates, status.Rejected).ShouldBe((Messages, 0, 0, 0));
        }

        StoredRecord.Load(_folder).ShouldBeAllOf(
            [.. from sensor in Enumerable.Range(0, Sensors) from reading in Enumerable.Range(0, Readings) select Id(sensor, reading)]);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Id(int sensor, int reading) => $"VB-{sensor}/{reading}";

    private static async Task<(TimeSpan Slowest, int Asked, List<BacklogStatus> Reached)> DrainedAsync(TestServer server)
    {
        var (slowest, asked, stored) = (TimeSpan.Zero, 0, 0L);
        var reached = new List<BacklogStatus>();
        while (stored < Messages)
        {
            var before = stored;
            await Eventually.TrueAsync(
                async () =>
                {
                    var watch = Stopwatch.StartNew();
                    var status = (await server.FleetAsync()).Status;
                    slowest = watch.Elapsed > slowest ? watch.Elapsed : slowest;
                    asked++;
                    if (status.Backlog is { } backlog && (reached.Count == 0 || reached[^1] != backlog))
                        reached.Add(backlog);
                    stored = status.Stored;
                    return stored > before;
                },
                $"more than {before} readings are stored");
            (await server.Http.GetStringAsync("health", TestContext.Current.CancellationToken)).ShouldBe("Healthy");
            if (HeldUp > TimeSpan.Zero)
            {
                using var held = await HeldCommit.StartAsync(server);
                await Task.Delay(HeldUp, TimeProvider.System, TestContext.Current.CancellationToken);
            }
        }

        return (slowest, asked, reached);
    }

    private static async Task<(TimeSpan Longest, List<T> All)> LongestGapAsync<T>(System.Threading.Channels.ChannelReader<T> channel, CancellationToken end)
    {
        var all = new List<T> { await channel.ReadAsync(TestContext.Current.CancellationToken) };
        var longest = TimeSpan.Zero;
        var watch = Stopwatch.StartNew();
        try
        {
            while (true)
            {
                all.Add(await channel.ReadAsync(end));
                longest = watch.Elapsed > longest ? watch.Elapsed : longest;
                watch.Restart();
            }
        }
        catch (OperationCanceledException)
        {
            return (longest, all);
        }
    }

    /// <summary>All sensors in turn, as during the night. Raw packets, because a client library would take minutes.</summary>
    private async Task SendAsync(TestBroker broker)
    {
        using var client = await RawClient.ConnectAsync(broker, "night");
        var answered = Task.Run(async () =>
        {
            for (var bytes = 0L; bytes < 4L * Messages;)
            {
                var read = await client.ReadAsync();
                read.ShouldNotBeEmpty();
                bytes += read.Length;
            }
        });
        var packets = new List<byte>();
        for (var reading = 0; reading < Readings; reading++)
        {
            var at = _evening + (Night * ((double)reading / Readings));
            for (var sensor = 0; sensor < Sensors; sensor++)
            {
                var payload = Encoding.UTF8.GetBytes(TestSensor.Event(reading % 500 < 490 ? 4 : 41, at, $"VB-{sensor}", Id(sensor, reading)));
                packets.AddRange(RawClient.Publish($"sensors/VB-{sensor}/vibration", payload, qos: 1, packetId: 1 + (((reading * Sensors) + sensor) % 60_000)));
            }

            await client.SendAsync(packets.ToArray());
            packets.Clear();
        }

        await answered.WaitAsync(TimeLimit.Limit, TimeProvider.System, TestContext.Current.CancellationToken);
    }
}
