using VibeDash.Core.Contract;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Ingestion;

/// <summary>In MQTT 3.1.1 a broker sends retained messages with every subscription, not only with a new one.</summary>
public sealed class Mosquitto311OfflineTests : OfflineTests
{
    private protected override TestBroker CreateBroker() => new Mosquitto(extraSettings: [.. Settings, ("Broker:Protocol", "3.1.1")]);

    [Fact]
    public async Task A_retained_word_that_comes_with_every_subscription_does_not_undo_the_readings_since()
    {
        await using var sensor = await TestSensor.ConnectAsync(Broker);
        await sensor.PublishAsync(TestSensor.Event(4, Now));
        await PublishAsync("sensors/VB-1/status", "offline", "-r");
        await Eventually.TrueAsync(async () => (await SensorAsync("VB-1"))?.OfflineSince is not null, "the sensor is offline");
        var since = (await SensorAsync("VB-1")).OfflineSince;

        await RestartServerAsync();
        await Eventually.TrueAsync(async () => await StatusesAsync() == 1, "the word has come again");
        (await SensorAsync("VB-1")).OfflineSince.ShouldBe(since);

        await sensor.PublishAsync(TestSensor.Event(4, Now));
        await Eventually.TrueAsync(async () => (await SensorAsync("VB-1")).OfflineSince is null, "the sensor is back");
        await RestartServerAsync();
        await Eventually.TrueAsync(async () => await StatusesAsync() == 1, "the word has come once more");
        (await SensorAsync("VB-1")).OfflineSince.ShouldBeNull();
    }

    private async Task<long> StatusesAsync() => (await Server.GetAsync<SourceStatus[]>("api/v1/sources"))![1].Statuses;
}
