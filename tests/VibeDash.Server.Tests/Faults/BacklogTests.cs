using System.Diagnostics;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Faults;

/// <summary>A night's messages that wait in the broker when the server comes back.</summary>
public sealed class BacklogTests : IDisposable
{
    private const int Clients = 4;
    private const int Sensors = 25;
    private const int Readings = 2000;
    private const int ReadingsInFlight = 10;
    private const int Messages = Clients * Sensors * Readings;

    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("vibedash-backlog-").FullName;

    [Fact]
    public async Task Two_hundred_thousand_waiting_messages_are_drained_in_order_while_the_pages_answer()
    {
        await using var broker = new Mosquitto("allow_anonymous true\nmax_queued_messages 0\nmax_inflight_messages 0\nautosave_interval 3600\nset_tcp_nodelay true");
        await broker.StartAsync();
        await using (var server = await TestServer.StartAsync(_folder, broker))
            await server.ConnectedToBrokerAsync();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(() => SendAsync(broker, client))));

        var slowest = TimeSpan.Zero;
        await using (var server = await TestServer.StartAsync(_folder, broker))
        {
            await server.ConnectedToBrokerAsync();
            var draining = Stopwatch.StartNew();
            var (stored, asked) = (0L, 0);
            while (stored < Messages)
            {
                var before = stored;
                await Eventually.TrueAsync(
                    async () =>
                    {
                        var watch = Stopwatch.StartNew();
                        stored = (await server.FleetAsync()).Status.Stored;
                        slowest = watch.Elapsed > slowest ? watch.Elapsed : slowest;
                        asked++;
                        return stored > before;
                    },
                    $"more than {before} readings are stored");
            }

            TestContext.Current.TestOutputHelper?.WriteLine(
                $"Drained in {draining.Elapsed.TotalSeconds:0.0} s; the slowest of {asked} answers took {slowest.TotalMilliseconds:0} ms");
            asked.ShouldBeGreaterThan(5);
            var status = (await server.FleetAsync()).Status;
            (status.Stored, status.Late, status.Duplicates, status.Rejected).ShouldBe((Messages, 0, 0, 0));
        }

        // It takes milliseconds; the rest is what a busy machine may take.
        slowest.ShouldBeLessThan(TimeSpan.FromSeconds(5));
        StoredRecord.Load(_folder).ShouldBeAllOf(
            [.. from sensor in Enumerable.Range(0, Clients * Sensors) from reading in Enumerable.Range(0, Readings) select Id(sensor, reading)]);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Id(int sensor, int reading) => $"VB-{sensor}/{reading}";

    private static async Task SendAsync(TestBroker broker, int client)
    {
        await using var sender = await TestSensor.ConnectAsync(broker);
        for (var first = 0; first < Readings; first += ReadingsInFlight)
        {
            await Task.WhenAll(
                from reading in Enumerable.Range(first, ReadingsInFlight)
                from sensor in Enumerable.Range(client * Sensors, Sensors)
                select sender.PublishAsync(
                    TestSensor.Event(reading % 50 < 45 ? 4 : 13, Noon.AddSeconds(reading), $"VB-{sensor}", Id(sensor, reading)), $"VB-{sensor}"));
        }
    }
}
