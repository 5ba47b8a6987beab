using VibeDash.Core.Contract;
using VibeDash.Core.Trends;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Ingestion;

/// <summary>The full path of an event, and the specifics of MQTT 3.1.1.</summary>
public sealed class OlderProtocolTests : WayOfAnEventTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private protected override TestBroker CreateBroker() => new Mosquitto(extraSettings: ("Broker:Protocol", "3.1.1"));

    [Fact]
    public async Task The_session_outlives_a_restart_of_the_server_and_no_more_is_in_flight_than_the_broker_allows()
    {
        (await Server.ConnectionAsync()).Negotiated.ShouldBe(new NegotiatedConnection("3.1.1", "vibedash", SessionPresent: false, KeepAliveSeconds: 10, MaximumQos: 1));

        await StopServerAsync();
        await PublishAsync(0, 50);
        await StartServerAsync();

        (await Server.WorkedOnAsync(50)).Stored.ShouldBe(50);
        var connection = await Server.ConnectionAsync();
        connection.Negotiated!.SessionPresent.ShouldBeTrue();
        connection.Warnings.ShouldHaveSingleItem().ShouldStartWith("MQTT 3.1.1: only the broker limits the messages in flight");

        // Nothing is acknowledged before its commit: the broker sends its twenty messages and waits.
        var before = connection.Messages;
        using (var held = await HeldCommit.StartAsync(Server))
        {
            await held.UnderWayAsync();
            await PublishAsync(50, 100);
            await Eventually.TrueAsync(async () => (await Server.ConnectionAsync()).Messages >= before + 20, "the broker sends what it may");
            (await Server.ConnectionAsync()).Messages.ShouldBe(before + 20);
        }

        await Eventually.TrueAsync(async () => (await Server.FleetAsync()).Status.Stored == 100, "the rest comes after the commit");
    }

    [Fact]
    public async Task A_retained_event_that_comes_with_each_subscription_is_stored_once()
    {
        await using var sensor = await TestSensor.ConnectAsync(Broker);
        await sensor.PublishRetainedAsync(TestSensor.Event(4, Noon));
        await Server.WorkedOnAsync(1);

        await RestartServerAsync();
        (await Server.WorkedOnAsync(1)).Duplicates.ShouldBe(1);
        await Broker.StopAsync();
        await Broker.StartAsync();

        var status = await Server.WorkedOnAsync(2);
        (status.Stored, status.Duplicates).ShouldBe((0, 2));
        (await Server.GetAsync<TrendHistory>("api/v1/sensors/VB-1/history?from=2026-03-01T11:00:00Z&to=2026-03-01T13:00:00Z&points=300"))!
            .Buckets.Sum(bucket => bucket.Count).ShouldBe(1);
    }

    private async Task PublishAsync(int first, int end)
    {
        await using var sensor = await TestSensor.ConnectAsync(Broker);
        for (var i = first; i < end; i++)
            await sensor.PublishAsync(TestSensor.Event(4, Noon.AddSeconds(i)));
    }
}
