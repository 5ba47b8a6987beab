using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Faults;

/// <summary>
/// Server and broker are killed, in any order and overlap. What Mosquitto has acknowledged and not yet saved when it is killed is gone: its
/// PUBACK does not wait for its disk. These tests say how much that is with which settings, and that nothing else is missing.
/// </summary>
public sealed class BothKilledTests : IDisposable
{
    private const int Rounds = 10;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    // Mosquitto saves between two rounds of its loop; the rest is what a busy machine may take until a sensor has read its PUBACK.
    private static readonly TimeSpan Allowance = TimeSpan.FromSeconds(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("vibedash-both-").FullName;
    private readonly Random _random = new(20261124);

    [Fact]
    public Task With_a_save_every_second_nothing_is_lost_but_what_was_acknowledged_in_the_seconds_before_a_kill() =>
        KilledAsync("autosave_interval 1", TimeSpan.FromSeconds(1));

    [Fact]
    public Task With_a_save_after_each_change_nothing_is_lost_but_what_was_acknowledged_in_the_instant_of_a_kill() =>
        KilledAsync("autosave_interval 1\nautosave_on_changes true", TimeSpan.Zero);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task KilledAsync(string saving, TimeSpan unsaved)
    {
        var kills = new List<(long From, long To)>();
        await using var broker = new Mosquitto($"allow_anonymous true\nmax_queued_messages 0\n{saving}");
        await broker.StartAsync();
        var server = new ServerProcess(_folder, broker);
        try
        {
            await server.ReadyAsync();
            await using var load = new SensorLoad(broker);
            for (var round = 0; round < Rounds; round++)
            {
                await load.AcknowledgedMoreAsync(_random.Next(100, 1500));
                if (_random.Next(2) == 0)
                {
                    await server.KillAsync();
                    await PauseAsync();
                    await KillAsync(broker, kills);
                }
                else
                {
                    await KillAsync(broker, kills);
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

                kills[^1] = (kills[^1].From, TimeProvider.System.GetTimestamp());
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
            var lost = sent.Where(id => !ids.Contains(id)).ToArray();
            TestContext.Current.TestOutputHelper?.WriteLine($"The broker forgot {lost.Length} of {sent.Length} events");
            lost.Where(id => !kills.Any(kill => WasJustAcknowledged(load.AcknowledgedAt(id), kill, unsaved + Allowance))).ShouldBeEmpty();
            ids.Except(sent).ShouldBe(["last"]);
            stored.ShouldBeAllOf(ids);
            stored.Journal.ShouldNotBeEmpty();
        }
        finally
        {
            server.Dispose();
        }
    }

    private static async Task KillAsync(Mosquitto broker, List<(long From, long To)> kills)
    {
        kills.Add((TimeProvider.System.GetTimestamp(), 0));
        await broker.KillAsync();
    }

    private static bool WasJustAcknowledged(long at, (long From, long To) kill, TimeSpan before) =>
        at <= kill.To && (at >= kill.From || TimeProvider.System.GetElapsedTime(at, kill.From) <= before);

    private Task PauseAsync() => Task.Delay(_random.NextDouble() * LongestPause, TimeProvider.System, TestContext.Current.CancellationToken);
}
