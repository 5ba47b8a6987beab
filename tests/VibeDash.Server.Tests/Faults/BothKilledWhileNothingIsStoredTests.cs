using Microsoft.Data.Sqlite;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Faults;

public sealed class BothKilledWhileNothingIsStoredTests : BothKilledTests
{
    [Fact]
    public async Task While_the_server_could_store_nothing_nothing_that_was_saved_is_missing()
    {
        await using var broker = new Mosquitto("allow_anonymous true\nmax_queued_messages 0\nautosave_interval 1");
        await broker.StartAsync();
        using var server = new ServerProcess(Folder, broker);
        await server.ReadyAsync();
        await using var load = new SensorLoad(broker);
        await load.AcknowledgedMoreAsync(500);
        await using (var other = new SqliteConnection($"Data Source={Path.Combine(Folder, "vibedash.db")};Pooling=False"))
        {
            await other.OpenAsync(TestContext.Current.CancellationToken);
            await using var held = other.BeginTransaction();
            await Eventually.TrueAsync(async () => await server.StatusAsync() is { StorageFault: not null }, "the server can store nothing");
            await load.AcknowledgedMoreAsync(500);
            await SavedAndKilledAsync(broker, load);
            await server.KillAsync();
        }

        await broker.StartAsync();
        using var again = new ServerProcess(Folder, broker);
        await EndAsync(again, broker, load);
    }
}
