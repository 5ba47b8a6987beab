using System.Diagnostics;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Faults;

/// <summary>The guarantee: acknowledged events are stored once and evaluated once, whatever process dies in between. Run against each kind of broker.</summary>
public abstract class CrashTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vibedash-crash-").FullName;

    private protected abstract int Kills { get; }

    private protected string Folder => _folder;

    [Fact]
    public async Task Killed_again_and_again_under_load_the_server_loses_nothing_that_was_acknowledged()
    {
        await using var broker = CreateBroker();
        await broker.StartAsync();
        await KilledUnderLoadAsync(broker, Kills);
    }

    [Fact]
    public async Task Asked_to_end_under_load_the_server_commits_what_it_has_and_ends_in_time()
    {
        await using var broker = CreateBroker();
        await broker.StartAsync();
        await AskedToEndAsync(broker);
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected abstract TestBroker CreateBroker();

    private async Task AskedToEndAsync(TestBroker broker)
    {
        using var first = new ServerProcess(_folder, broker);
        await first.ReadyAsync();
        await using var load = new SensorLoad(broker, rate: 2000);
        await load.AcknowledgedMoreAsync(2000);

        var watch = Stopwatch.StartNew();
        var exitCode = await first.TerminateAsync();

        watch.Elapsed.ShouldBeLessThan(TimeLimit.Soon);
        exitCode.ShouldBe(0);
        using var second = new ServerProcess(_folder, broker);
        var sent = await load.StopAsync();
        await Eventually.TrueAsync(
            async () => await second.StatusAsync() is not null && StoredRecord.Count(_folder) >= sent.Length, "all is stored");
        await second.TerminateAsync();
        StoredRecord.Load(_folder).ShouldBeAllOf(sent);
    }

    private async Task KilledUnderLoadAsync(TestBroker broker, int kills)
    {
        // The session must exist before the first counted message.
        var server = new ServerProcess(_folder, broker);
        try
        {
            await server.ReadyAsync();
            await using var load = new SensorLoad(broker, rate: LongRun.Count(700, 2000));
            var random = new Random(20261124);
            for (var kill = 0; kill < kills; kill++)
            {
                // Some die during start-up, most during operation.
                var target = random.Next(0, 4) == 0 ? 1 : random.Next(50, 1500);
                await Eventually.TrueAsync(async () => (await server.StatusAsync())?.Stored >= target, $"life {kill + 1} stores {target} readings");
                await server.KillAsync();
                server.Dispose();
                server = new ServerProcess(_folder, broker);
            }

            await server.ReadyAsync();
            var sent = await load.StopAsync();
            await Eventually.TrueAsync(
                async () => await server.StatusAsync() is not null && StoredRecord.Count(_folder) >= sent.Length, "all is stored");
            await server.TerminateAsync();

            StoredRecord.Load(_folder).ShouldBeAllOf(sent);
        }
        finally
        {
            server.Dispose();
        }
    }
}
