using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using VibeDash.Server.Mqtt.Embedded;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Faults;

/// <summary>
/// Malicious clients of the embedded broker. In each test, sensors send 500 events a second: they must continue to be acknowledged, all acknowledged
/// events must be stored once, and the server must not need more memory than for many well-behaved clients.
/// </summary>
public sealed class HostileClientTests : IDisposable
{
    private const int MaximumMegabytes = 700;

    // 256 MB less one byte: the maximum length of MQTT.
    private static readonly byte[] Announcement = [0x30, 0xFF, 0xFF, 0xFF, 0x7F];

    private readonly string _folder = Directory.CreateTempSubdirectory("vibedash-hostile-").FullName;
    private readonly EmbeddedTestBroker _broker = new();
    private readonly List<RawClient> _clients = [];

    [Fact]
    public Task Packets_that_announce_256_megabytes_are_refused_before_they_come() => BesideSensorsAsync(async _ =>
    {
        for (var i = 0; i < 100; i++)
        {
            await Add(RawClient.OpenAsync(_broker)).ContinueWith(opened => opened.Result.SendAsync(Announcement)).Unwrap();
            await Add(RawClient.ConnectAsync(_broker, $"large-{i}")).ContinueWith(opened => opened.Result.SendAsync(Announcement)).Unwrap();
        }

        await AllEndedAsync();

        // An MQTT 5 client receives the reason.
        using var told = await RawClient.ConnectAsync(_broker, "told", version5: true);
        await told.SendAsync(Announcement);
        var farewell = await told.EndedAsync();
        (farewell[0], farewell[2]).ShouldBe(((byte)0xE0, (byte)0x95));
    });

    [Fact]
    public Task Clients_that_say_nothing_or_too_slowly_or_never_come_to_an_end_are_given_up() => BesideSensorsAsync(async _ =>
    {
        var dribbling = new List<Task>();
        var pause = TimeSpan.FromMilliseconds(200);
        for (var i = 0; i < 50; i++)
        {
            await Add(RawClient.OpenAsync(_broker));
            dribbling.Add((await Add(RawClient.OpenAsync(_broker))).DribbleAsync(RawClient.Connect(new('x', 5000)), pause));
            dribbling.Add((await Add(RawClient.ConnectAsync(_broker, $"slow-{i}"))).DribbleAsync(RawClient.Publish("a", new byte[5000]), pause));
        }

        // Each announces 7 MB and withholds the end; all of them together would exceed the server's memory limit.
        byte[] endless = [0x30, 0x80, 0x80, 0x80, 0x03, .. new byte[3_000_000]];
        endless[6] = 1;
        for (var i = 0; i < 100; i++)
            dribbling.Add((await Add(RawClient.ConnectAsync(_broker, $"endless-{i}"))).SendAsync(endless).ContinueWith(static _ => { }, TaskScheduler.Default));

        var watch = Stopwatch.StartNew();
        await AllEndedAsync();
        await Task.WhenAll(dribbling);
        TestContext.Current.TestOutputHelper?.WriteLine($"The last was given up after {watch.Elapsed.TotalSeconds:0} s");
    });

    [Fact]
    public Task Subscribers_that_never_read_lose_messages_and_then_their_connection() => BesideSensorsAsync(
        async load =>
        {
            for (var i = 0; i < 30; i++)
                await (await Add(RawClient.ConnectAsync(_broker, $"deaf-{i}", version5: false, receiveBuffer: 4096))).SendAsync(RawClient.Subscribe("#"));

            // Large messages fill the system's buffers.
            using var talker = await RawClient.ConnectAsync(_broker, "talker");
            var message = RawClient.Publish("any/thing", new byte[100_000]);
            for (var i = 0; i < 300; i++)
                await talker.SendAsync(message);

            await Eventually.TrueAsync(
                async () =>
                {
                    foreach (var client in _clients)
                    {
                        // Requests a ping response and does not read it; a closed connection answers with a reset.
                        try
                        {
                            await client.SendAsync(new byte[] { 0xC0, 0 });
                            return false;
                        }
                        catch (SocketException)
                        {
                        }
                    }

                    return true;
                },
                "all who never read are closed");
            await load.AcknowledgedMoreAsync(500);
        });

    [Fact]
    public Task No_more_than_a_hundred_connections_subscribe_each_to_a_hundred_filters_at_most() => BesideSensorsAsync(async _ =>
    {
        string[] filters = [.. Enumerable.Range(0, EmbeddedBrokerLimits.TopicFilters).Select(i => $"filter/{i}")];
        for (var i = 0; i < EmbeddedBrokerLimits.Subscribers; i++)
        {
            var client = await Add(RawClient.ConnectAsync(_broker, $"subscriber-{i}"));
            await client.SendAsync(RawClient.Subscribe(filters));
            var granted = await client.ReadAsync();
            granted.Length.ShouldBe(4 + filters.Length);
            granted[4..].ShouldAllBe(grant => grant == 0);
            await client.SendAsync(RawClient.Subscribe("one/more"));
            (await client.ReadAsync())[4].ShouldBe((byte)0x80);
        }

        using (var further = await RawClient.ConnectAsync(_broker, "one more"))
        {
            await further.SendAsync(RawClient.Subscribe("any"));
            (await further.ReadAsync())[4].ShouldBe((byte)0x80);
        }

        _clients[0].Dispose();
        await Eventually.TrueAsync(
            async () =>
            {
                using var next = await RawClient.ConnectAsync(_broker, "the next");
                await next.SendAsync(RawClient.Subscribe("any"));
                return (await next.ReadAsync())[4] == 0;
            },
            "when one has gone another may subscribe");
    });

    [Fact]
    public Task Five_thousand_connections_that_say_nothing_keep_nobody_out() => BesideSensorsAsync(async load =>
    {
        for (var i = 0; i < 5000; i++)
            await Add(RawClient.OpenAsync(_broker));

        await using (var sensor = await TestSensor.ConnectAsync(_broker))
            await sensor.PublishAsync("not an event");
        await load.AcknowledgedMoreAsync(500);
        await AllEndedAsync();
    });

    [Fact]
    public Task Thousands_of_connects_with_one_client_id_hold_up_nobody() => BesideSensorsAsync(async load =>
    {
        var connects = 0;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref connects) <= 6000)
            {
                // Does not read; at MQTT 5 it is owed a DISCONNECT when another client takes over its session.
                using var client = await RawClient.OpenAsync(_broker, receiveBuffer: 4096);
                await client.SendAsync(RawClient.Connect("all the same", version5: true));
            }
        })));
        TestContext.Current.TestOutputHelper?.WriteLine($"{6000 / watch.Elapsed.TotalSeconds:0} connects a second");
        await load.AcknowledgedMoreAsync(500);
    });

    [Fact]
    public Task Messages_nobody_asked_for_while_nothing_can_be_stored_wait_in_their_senders() => BesideSensorsAsync(async load =>
    {
        using var enough = new CancellationTokenSource();
        var flood = Enumerable.Range(0, 20).Select(i => Task.Run(async () =>
        {
            using var client = await RawClient.ConnectAsync(_broker, $"flood-{i}");
            var message = RawClient.Publish("sensors/VB-1/vibration", new byte[60_000]);
            while (!enough.IsCancellationRequested)
            {
                try
                {
                    await client.SendAsync(message).WaitAsync(enough.Token);
                }
                catch (Exception fault) when (fault is OperationCanceledException or SocketException)
                {
                    return;
                }
            }
        })).ToArray();

        await using (var other = new SqliteConnection($"Data Source={Path.Combine(_folder, "vibedash.db")};Pooling=False"))
        {
            await other.OpenAsync(TestContext.Current.CancellationToken);
            await using var transaction = other.BeginTransaction();
            await Task.Delay(TimeSpan.FromSeconds(8), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        // Their messages amount to hundreds of MB a second; a sensor's are stored among them.
        await load.AcknowledgedMoreAsync(50);
        await enough.CancelAsync();
        await Task.WhenAll(flood);
    });

    [Fact]
    public Task Malformed_packets_huge_topics_and_made_up_aliases_end_their_connection_only() => BesideSensorsAsync(async _ =>
    {
        var random = new Random(20261124);
        var hugeTopic = new string('t', 60_000);
        for (var i = 0; i < 300; i++)
        {
            var garbage = new byte[random.Next(1, 400)];
            random.NextBytes(garbage);
            byte[] packet = (i % 6) switch
            {
                0 => RawClient.Publish(hugeTopic, "1"u8, qos: 1, properties: []),
                1 => RawClient.Publish("any", "1"u8, qos: 1, properties: [0x23, 0xFF, 0xFF]),
                2 => RawClient.Publish("", "1"u8, qos: 1, properties: [0x23, 0, 7]),
                3 => [0x30, (byte)Math.Min(garbage.Length, 127), .. garbage[..Math.Min(garbage.Length, 127)]],
                4 => [0x82, 3, 0, 1, 0xFF],
                _ => [0xF0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, .. garbage],
            };
            var client = await Add(RawClient.ConnectAsync(_broker, $"malformed-{i}", version5: true));
            await client.SendAsync(packet);
            if (i % 6 == 3)
                client.Dispose();

            var other = await Add(RawClient.OpenAsync(_broker));
            await other.SendAsync(garbage);
        }

        await AllEndedAsync();
    });

    [Fact]
    public Task Retained_messages_are_not_kept_and_what_is_never_answered_is_not_read() => BesideSensorsAsync(async _ =>
    {
        using (var talker = await RawClient.ConnectAsync(_broker, "talker"))
        {
            for (var i = 0; i < 10_000; i++)
                await talker.SendAsync(RawClient.Publish($"kept/{i}", new byte[1000], retain: true));
            await talker.SendAsync(new byte[] { 0xC0, 0 });
            (await talker.ReadAsync()).ShouldBe([0xD0, 0]);
        }

        using (var listener = await RawClient.ConnectAsync(_broker, "listener"))
        {
            await listener.SendAsync(RawClient.Subscribe("#", "kept/#"));
            await listener.SendAsync(new byte[] { 0xC0, 0 });
            var answers = new List<byte>();

            // The answer is somewhere among the messages of the sensors.
            while (CollectionsMarshal.AsSpan(answers).IndexOf(new byte[] { 0xD0, 0 }) < 0)
                answers.AddRange(await listener.ReadAsync());
            answers.Count.ShouldBeLessThan(20_000, "nothing of what was sent before is there");
        }

        // Sends requests and reads no answers. The system buffers millions of them, and sends some of the last ones occasionally: the connection is closed
        // when none was sent for 10 seconds.
        var asking = await Add(RawClient.ConnectAsync(_broker, "asking", version5: false, receiveBuffer: 4096));
        var questions = Enumerable.Repeat(new byte[] { 0xC0, 0 }, 50_000).SelectMany(question => question).ToArray();
        await Should.ThrowAsync<SocketException>(async () =>
        {
            for (var i = 0; i < 1000; i++)
                await asking.SendAsync(questions).WaitAsync(TimeSpan.FromSeconds(90), TimeProvider.System);
        });
    });

    public void Dispose()
    {
        foreach (var client in _clients)
            client.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<RawClient> Add(Task<RawClient> opening)
    {
        var client = await opening;
        _clients.Add(client);
        return client;
    }

    /// <summary>Waits until the broker has closed all connections.</summary>
    private Task AllEndedAsync() =>
        Task.WhenAll(_clients.Select(async client =>
        {
            try
            {
                await client.EndedAsync();
            }
            catch (ObjectDisposedException)
            {
            }
        })).WaitAsync(TimeSpan.FromSeconds(90), TimeProvider.System, TestContext.Current.CancellationToken);

    private async Task BesideSensorsAsync(Func<SensorLoad, Task> attack)
    {
        using var server = new ServerProcess(_folder, _broker);
        await server.ReadyAsync();
        await using var load = new SensorLoad(_broker, rate: 500);
        await load.AcknowledgedMoreAsync(500);

        await attack(load);

        await load.AcknowledgedMoreAsync(500);
        var sent = await load.StopAsync();
        var megabytes = PeakMegabytes(server);
        var watch = Stopwatch.StartNew();
        (await server.TerminateAsync()).ShouldBe(0);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
        TestContext.Current.TestOutputHelper?.WriteLine($"At most {megabytes:0} MB resident");
        StoredRecord.Load(_folder).ShouldBeAllOf(sent);
        megabytes.ShouldBeLessThan(MaximumMegabytes);
    }

    private static double PeakMegabytes(ServerProcess server)
    {
        var line = File.ReadLines($"/proc/{server.Id}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}
