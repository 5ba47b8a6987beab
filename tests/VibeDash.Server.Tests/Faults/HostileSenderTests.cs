using System.Diagnostics;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Faults;

/// <summary>Clients that come to no end, or send more than anybody can take.</summary>
public sealed class HostileSenderTests : HostileClientTests
{
    [Fact]
    public Task Clients_that_say_nothing_or_too_slowly_or_never_come_to_an_end_are_given_up() => BesideSensorsAsync(async _ =>
    {
        var dribbling = new List<Task>();
        var pause = TimeSpan.FromMilliseconds(200);
        for (var i = 0; i < 50; i++)
        {
            await Add(RawClient.OpenAsync(Broker));
            dribbling.Add((await Add(RawClient.OpenAsync(Broker))).DribbleAsync(RawClient.Connect(new('x', 5000)), pause));
            dribbling.Add((await Add(RawClient.ConnectAsync(Broker, $"slow-{i}"))).DribbleAsync(RawClient.Publish("a", new byte[5000]), pause));
        }

        // Each announces 7 MB and sends all but the end of it; all of them together would be more than the server may take.
        byte[] endless = [0x30, 0x80, 0x80, 0x80, 0x03, .. new byte[3_000_000]];
        endless[6] = 1;
        for (var i = 0; i < 100; i++)
            dribbling.Add((await Add(RawClient.ConnectAsync(Broker, $"endless-{i}"))).SendAsync(endless).ContinueWith(static _ => { }, TaskScheduler.Default));

        var watch = Stopwatch.StartNew();
        await AllEndedAsync();
        await Task.WhenAll(dribbling);
        TestContext.Current.TestOutputHelper?.WriteLine($"The last was given up after {watch.Elapsed.TotalSeconds:0} s");
    });

    [Fact]
    public Task Messages_nobody_asked_for_while_nothing_can_be_stored_wait_in_their_senders() => BesideSensorsAsync(async load =>
    {
        using var enough = new CancellationTokenSource();
        var flood = Enumerable.Range(0, 20).Select(i => Task.Run(async () =>
        {
            using var client = await RawClient.ConnectAsync(Broker, $"flood-{i}");
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

        await using (var other = new SqliteConnection($"Data Source={Path.Combine(Folder, "vibedash.db")};Pooling=False"))
        {
            await other.OpenAsync(TestContext.Current.CancellationToken);
            await using var transaction = other.BeginTransaction();
            await Task.Delay(TimeSpan.FromSeconds(LongRun.Count(4, 8)), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        // Their messages come to hundreds of MB a second; a sensor's are stored among them.
        await load.AcknowledgedMoreAsync(50);
        await enough.CancelAsync();
        await Task.WhenAll(flood);
    });
}
