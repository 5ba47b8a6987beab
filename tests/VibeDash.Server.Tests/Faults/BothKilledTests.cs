using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Faults;

/// <summary>
/// Server and broker are killed, in any order and overlap. Mosquitto's PUBACK does not wait for its disk: messages acknowledged but not yet saved
/// when it is killed are lost, unless the server had received them. All others are stored and evaluated once, and operation resumes by itself.
/// </summary>
public abstract class BothKilledTests : IDisposable
{
    private static readonly int Rounds = LongRun.Count(2, 6);
    private static readonly TimeSpan MaximumPause = TimeSpan.FromSeconds(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("vibedash-both-").FullName;
    private readonly Random _random = new(20261124);
    private readonly HashSet<string> _unsaved = [];

    private protected string Folder => _folder;

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected async Task KilledAsync(string saving)
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
                // The first two rounds are each other's opposite.
                var serverDiesFirst = round == 0 || (round > 1 && _random.Next(2) == 0);
                var serverFirst = round == 1 || (round > 1 && _random.Next(2) == 0);
                await load.AcknowledgedMoreAsync(_random.Next(100, 500));
                if (serverDiesFirst)
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

    /// <summary>Waits until all is stored that will be, ends the server, and counts.</summary>
    private protected async Task EndAsync(ServerProcess server, Mosquitto broker, SensorLoad load)
    {
        await server.ReadyAsync();
        var sent = await load.StopAsync();

        // The broker delivers its backlog in order: this arrives last.
        await using (var sensor = await TestSensor.ConnectAsync(broker))
            await sensor.PublishAsync(TestSensor.Event(4, TimeProvider.System.GetUtcNow(), "VB-last", "last"), "VB-last");
        await Eventually.TrueAsync(
            async () =>
            {
                using var asked = await server.Http.GetAsync("api/v1/sensors/VB-last", TestContext.Current.CancellationToken);
                return asked.IsSuccessStatusCode;
            },
            "the last event is stored");
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
    private protected async Task SavedAndKilledAsync(Mosquitto broker, SensorLoad load)
    {
        var acknowledged = load.Acknowledged;
        await broker.SavedAsync();
        await PauseAsync();
        await load.KillAsync(broker);
        _unsaved.UnionWith(load.Acknowledged.Except(acknowledged).Except(broker.SavedEvents()));
    }

    private Task PauseAsync() => Task.Delay(_random.NextDouble() * MaximumPause, TimeProvider.System, TestContext.Current.CancellationToken);
}
