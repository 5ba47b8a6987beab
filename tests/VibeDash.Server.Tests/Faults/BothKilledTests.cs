using Microsoft.Data.Sqlite;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Faults;

/// <summary>
/// Server and broker are killed, in any order and overlap. Mosquitto's PUBACK does not wait for its disk: messages acknowledged but not yet saved
/// when it is killed are lost, unless the server had received them. All others are stored and evaluated once, and operation resumes by itself.
/// </summary>
public sealed class BothKilledTests : IDisposable
{
    private const int Rounds = 6;

    private static readonly TimeSpan MaximumPause = TimeSpan.FromSeconds(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("vibedash-both-").FullName;
    private readonly Random _random = new(20261124);
    private readonly HashSet<string> _unsaved = [];

    [Fact]
    public Task With_a_save_every_second_nothing_that_was_saved_is_missing() => KilledAsync("autosave_interval 1");

    [Fact]
    public Task With_a_save_after_each_change_nothing_that_was_saved_is_missing() => KilledAsync("autosave_interval 1\nautosave_on_changes true");

    [Fact]
    public async Task While_the_server_could_store_nothing_nothing_that_was_saved_is_missing()
    {
        await using var broker = new Mosquitto("allow_anonymous true\nmax_queued_messages 0\nautosave_interval 1");
        await broker.StartAsync();
        using var server = new ServerProcess(_folder, broker);
        await server.ReadyAsync();
        await using var load = new SensorLoad(broker);
        await load.AcknowledgedMoreAsync(500);
        await using (var other = new SqliteConnection($"Data Source={Path.Combine(_folder, "vibedash.db")};Pooling=False"))
        {
            await other.OpenAsync(TestContext.Current.CancellationToken);
            await using var held = other.BeginTransaction();
            await Eventually.TrueAsync(async () => await server.StatusAsync() is { StorageFault: not null }, "the server can store nothing");
            await load.AcknowledgedMoreAsync(500);
            await SavedAndKilledAsync(broker, load);
            await server.KillAsync();
        }

        await broker.StartAsync();
        using var again = new ServerProcess(_folder, broker);
        await EndAsync(again, broker, load);
    }

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

            await EndAsync(server, broker, load);
        }
        finally
        {
            server.Dispose();
        }
    }

    /// <summary>Waits until everything that can be stored is stored, ends the server, and counts.</summary>
    private async Task EndAsync(ServerProcess server, Mosquitto broker, SensorLoad load)
    {
        await server.ReadyAsync();
        var sent = await load.StopAsync();

        // The broker delivers its backlog in order: this arrives last.
        await using (var sensor = await TestSensor.ConnectAsync(broker))
            await sensor.PublishAsync(TestSensor.Event(4, TimeProvider.System.GetUtcNow(), "VB-last", "last"), "VB-last");
        await Eventually.TrueAsync(() => Task.FromResult(StoredRecord.Load(_folder).Readings.Any(reading => reading.EventId == "last")), "the last event is stored");
        (await server.TerminateAsync()).ShouldBe(0);

        var stored = StoredRecord.Load(_folder);
        var ids = stored.Readings.Select(reading => reading.EventId).ToHashSet();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"Of {sent.Length} events {_unsaved.Count} were not saved when the broker was killed; {sent.Count(id => !ids.Contains(id))} are missing");
        sent.Except(ids).Except(_unsaved).Take(10).ShouldBeEmpty();
        ids.Except(sent).ShouldBe(["last"]);
        stored.ShouldBeAllOf(ids);
        stored.Journal.ShouldNotBeEmpty();
    }

    /// <summary>
    /// Kills the broker after it has saved everything acknowledged so far: the second save from now on contains all of it. Messages it acknowledges
    /// later count as lost only if its file does not contain them; events of its earlier runs are not considered again.
    /// </summary>
    private async Task SavedAndKilledAsync(Mosquitto broker, SensorLoad load)
    {
        var acknowledged = load.Acknowledged;
        await broker.SavedAsync();
        await PauseAsync();
        await load.KillAsync(broker);
        _unsaved.UnionWith(load.Acknowledged.Except(acknowledged).Except(broker.SavedEvents()));
    }

    private Task PauseAsync() => Task.Delay(_random.NextDouble() * MaximumPause, TimeProvider.System, TestContext.Current.CancellationToken);
}
