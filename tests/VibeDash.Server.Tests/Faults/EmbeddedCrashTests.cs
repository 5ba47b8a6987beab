using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Faults;

public sealed class EmbeddedCrashTests : CrashTests
{
    private protected override int Kills => LongRun.Count(6, 20);

    [Fact]
    public async Task Asked_to_end_under_load_the_server_does_not_wait_until_its_time_is_over()
    {
        await using var broker = new EmbeddedTestBroker();
        await using var load = await EndedUnderLoadAsync(broker);

        string[] sent;
        await using (await TestServer.StartAsync(Folder, broker))
        {
            sent = await load.StopAsync();
            await Eventually.TrueAsync(() => Task.FromResult(StoredRecord.Count(Folder) >= sent.Length), "all is stored");
        }

        StoredRecord.Load(Folder).ShouldBeAllOf(sent);
    }

    private protected override TestBroker CreateBroker() => new EmbeddedTestBroker();

    private async Task<SensorLoad> EndedUnderLoadAsync(EmbeddedTestBroker broker)
    {
        await using var first = await TestServer.StartAsync(Folder, broker);
        var load = new SensorLoad(broker, rate: 2000);
        await load.AcknowledgedMoreAsync(2000);

        // Whoever is held up waits for the whole of it.
        first.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout = TimeLimit.Limit * 2;
        var watch = Stopwatch.StartNew();
        await first.Services.GetRequiredService<IHost>().StopAsync(TestContext.Current.CancellationToken);
        watch.Elapsed.ShouldBeLessThan(TimeLimit.Soon);
        return load;
    }
}
