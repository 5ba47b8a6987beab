using Microsoft.Data.Sqlite;
using VibeDash.Core.Live;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Ingestion;

public sealed class EmbeddedBrokerTests : WayOfAnEventTests
{
    private protected override TestBroker CreateBroker() => new EmbeddedTestBroker();

    [Fact]
    public async Task A_publish_is_acknowledged_only_after_its_commit()
    {
        await using var sensor = await TestSensor.ConnectAsync(Broker);
        await sensor.PublishAsync(TestSensor.Event(4, DateTimeOffset.UnixEpoch.AddYears(50)));

        Task publishing;
        await using (var other = new SqliteConnection($"Data Source={Path.Combine(Folder, "vibedash.db")}"))
        {
            await other.OpenAsync(TestContext.Current.CancellationToken);
            await using var locking = other.BeginTransaction(deferred: false);
            publishing = sensor.PublishAsync(TestSensor.Event(5, DateTimeOffset.UnixEpoch.AddYears(51)));

            await Eventually.TrueAsync(async () => (await Server.FleetAsync()).Status.StorageFault is not null, "the server says that it cannot store");
            using var health = await Server.Http.GetAsync("health", TestContext.Current.CancellationToken);
            ((int)health.StatusCode).ShouldBe(503);
            publishing.IsCompleted.ShouldBeFalse();
            (await Server.FleetAsync()).Sensors.Single().Level.ShouldBe(4);
        }

        await publishing;
        await Eventually.TrueAsync(async () => (await Server.FleetAsync()).Status is { StorageFault: null, Stored: 2 }, "the reading is stored by itself when there is room");
        (await Server.Http.GetStringAsync("health", TestContext.Current.CancellationToken)).ShouldBe("Healthy");
        (await Server.FleetAsync()).Sensors.Single().Level.ShouldBe(5);
    }
}
