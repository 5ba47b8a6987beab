using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Faults;

/// <summary>
/// Server and broker are killed, in any order and overlap. What Mosquitto has acknowledged and not yet saved when it is killed is gone: its
/// PUBACK does not wait for its disk. Nothing may be stored or judged twice, and all goes on by itself. What is missing is told, not judged: Mosquitto
/// 2.0.11 comes back without some of what it had saved, too.
/// </summary>
public sealed class BothKilledTests : IDisposable
{
    private const int Rounds = 6;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("vibedash-both-").FullName;
    private readonly Random _random = new(20261124);
    private readonly HashSet<string> _saved = [];

    [Fact]
    public Task With_a_save_every_second_the_broker_forgets_some_and_nothing_is_twice() => KilledAsync("autosave_interval 1");

    [Fact]
    public Task With_a_save_after_each_change_the_broker_forgets_a_few_and_nothing_is_twice() => KilledAsync("autosave_interval 1\nautosave_on_changes true");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task KilledAsync(string saving)
    {
        await using var broker = new Mosquitto($"allow_anonymous true\nmax_queued_messages 0\n{saving}");
        await broker.StartAsync();
        var server = new ServerProcess(_folder, broker);
        try
        {
            await server.ReadyAsync();
            await using var load = new SensorLoad(broker);
            for (var round = 0; round < Rounds; round++)
            {
                await load.AcknowledgedMoreAsync(_random.Next(100, 500));
                if (_random.Next(2) == 0)
                {
                    await server.KillAsync();
                    await PauseAsync();
                    await SavedAndKilledAsync(broker, load);
                }
                else
                {
                    await SavedAndKilledAsync(broker, load);
                    await PauseAsync();
                    await server.KillAsync();
                }

                server.Dispose();
                var serverFirst = _random.Next(2) == 0;
                if (!serverFirst)
                {
                    await broker.StartAsync();
                    await PauseAsync();
                }

                server = new ServerProcess(_folder, broker);
                if (serverFirst)
                {
                    await PauseAsync();
                    await broker.StartAsync();
                }

                if (_random.Next(3) > 0)
                    await server.ReadyAsync();
            }

            await server.ReadyAsync();
            var sent = await load.StopAsync();

            // What waits in the broker is delivered in order: this comes last.
            await using (var sensor = await TestSensor.ConnectAsync(broker))
                await sensor.PublishAsync(TestSensor.Event(4, TimeProvider.System.GetUtcNow(), "VB-last", "last"), "VB-last");
            await Eventually.TrueAsync(() => Task.FromResult(StoredRecord.Load(_folder).Readings.Any(reading => reading.EventId == "last")), "the last event is stored");
            (await server.TerminateAsync()).ShouldBe(0);

            var stored = StoredRecord.Load(_folder);
            var ids = stored.Readings.Select(reading => reading.EventId).ToHashSet();
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"Of {sent.Length} events the broker forgot {sent.Count(id => !ids.Contains(id))}, of {_saved.Count} that it had saved {_saved.Except(ids).Count()}");
            ids.Except(sent).ShouldBe(["last"]);
            stored.ShouldBeAllOf(ids);
            stored.Journal.ShouldNotBeEmpty();
        }
        finally
        {
            server.Dispose();
        }
    }

    /// <summary>Kills the broker at some moment after it has saved what is acknowledged now: the second save from now on holds all of it.</summary>
    private async Task SavedAndKilledAsync(Mosquitto broker, SensorLoad load)
    {
        var acknowledged = load.Acknowledged;
        await broker.SavedAsync();
        await PauseAsync();
        await broker.KillAsync();
        _saved.UnionWith(acknowledged);
    }

    private Task PauseAsync() => Task.Delay(_random.NextDouble() * LongestPause, TimeProvider.System, TestContext.Current.CancellationToken);
}
