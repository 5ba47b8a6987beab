using System.Diagnostics;
using VibeDash.Server.Tests.Hosting;
using VibeDash.Simulator.Sending;

namespace VibeDash.Server.Tests.Faults;

/// <summary>The promise: what was acknowledged to a sensor is stored once and judged once, whatever dies in between.</summary>
public sealed class CrashTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vibedash-crash-").FullName;
    private readonly List<string> _acknowledged = [];

    [Fact]
    public async Task Killed_fifty_times_under_load_the_server_loses_nothing_that_mosquitto_acknowledged()
    {
        await using var broker = new Mosquitto("allow_anonymous true\nmax_queued_messages 0");
        await broker.StartAsync();

        await KilledUnderLoadAsync(broker, 50);
    }

    [Fact]
    public async Task Killed_twenty_times_under_load_the_server_loses_nothing_that_its_own_broker_acknowledged()
    {
        await using var broker = new EmbeddedTestBroker();

        await KilledUnderLoadAsync(broker, 20);
    }

    [Fact]
    public async Task Asked_to_end_under_load_the_server_commits_what_it_has_and_ends_in_time()
    {
        await using var broker = new EmbeddedTestBroker();
        using var server = new ServerProcess(_folder, broker);
        await server.ReadyAsync();
        using var enough = new CancellationTokenSource();
        var sending = SendAsync(broker, TimeSpan.Zero, enough.Token);
        await Eventually.TrueAsync(async () => (await server.StatusAsync())?.Stored > 2000, "the server is under load");

        var watch = Stopwatch.StartNew();
        var exitCode = await server.TerminateAsync();

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
        exitCode.ShouldBe(0);
        await enough.CancelAsync();
        await sending;
        Judge();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task KilledUnderLoadAsync(TestBroker broker, int kills)
    {
        // The session must exist before the first message that counts.
        var server = new ServerProcess(_folder, broker);
        await server.ReadyAsync();
        using var enough = new CancellationTokenSource();
        var sending = SendAsync(broker, TimeSpan.FromSeconds(30), enough.Token);
        var random = new Random(20261124);
        for (var kill = 0; kill < kills; kill++)
        {
            // Some die while they start, most while they work.
            var target = random.Next(0, 4) == 0 ? 1 : random.Next(50, 1500);
            await Eventually.TrueAsync(async () => (await server.StatusAsync())?.Stored >= target, $"life {kill + 1} stores {target} readings");
            await server.KillAsync();
            server.Dispose();
            server = new ServerProcess(_folder, broker);
        }

        await server.ReadyAsync();
        await enough.CancelAsync();
        var report = await sending;
        report.Unacknowledged.ShouldBe(0);
        await Eventually.TrueAsync(async () => StoredRecord.Load(_folder).Readings.Count >= _acknowledged.Count && await server.StatusAsync() is not null, "all is stored");
        await server.TerminateAsync();
        server.Dispose();
        Judge();
        var stored = StoredRecord.Load(_folder);
        stored.Readings.Count.ShouldBe(_acknowledged.Count);
        stored.Journal.ShouldNotBeEmpty();
    }

    private Task<SimulatorReport> SendAsync(TestBroker broker, TimeSpan grace, CancellationToken enough) => FleetSimulator.RunAsync(
        new SimulatorOptions
        {
            Broker = new("127.0.0.1", broker.Port),
            Sensors = 40,
            Rate = 2000,
            Grace = grace,
            Acknowledged = _acknowledged.Add,
        },
        TimeProvider.System,
        TextWriter.Null,
        enough);

    private void Judge()
    {
        var stored = StoredRecord.Load(_folder);
        var ids = stored.Readings.Select(reading => reading.EventId).ToHashSet();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{_acknowledged.Count} acknowledged, {stored.Readings.Count} stored, {stored.Journal.Count} journal entries");

        _acknowledged.Count.ShouldBeGreaterThan(2000);
        _acknowledged.Where(id => !ids.Contains(id)).ShouldBeEmpty();
        ids.Count.ShouldBe(stored.Readings.Count);
        stored.Journal.Select(entry => entry.Position).ShouldBe(Enumerable.Range(1, stored.Journal.Count).Select(position => (long)position));
        stored.JournalBySensor().ShouldBe(stored.ExpectedJournalBySensor());
    }
}
