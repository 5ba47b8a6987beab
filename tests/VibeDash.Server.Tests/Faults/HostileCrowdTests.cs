using System.Diagnostics;
using VibeDash.Server.Mqtt.Embedded;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Faults;

/// <summary>More clients than there should be.</summary>
public sealed class HostileCrowdTests : HostileClientTests
{
    [Fact]
    public Task No_more_than_a_hundred_connections_subscribe_each_to_a_hundred_filters_at_most() => BesideSensorsAsync(async _ =>
    {
        string[] filters = [.. Enumerable.Range(0, EmbeddedBrokerLimits.TopicFilters).Select(i => $"filter/{i}")];
        for (var i = 0; i < EmbeddedBrokerLimits.Subscribers; i++)
        {
            var client = await Add(RawClient.ConnectAsync(Broker, $"subscriber-{i}"));
            await client.SendAsync(RawClient.Subscribe(filters));
            var granted = await client.ReadAsync();
            granted.Length.ShouldBe(4 + filters.Length);
            granted[4..].ShouldAllBe(grant => grant == 0);
            await client.SendAsync(RawClient.Subscribe("one/more"));
            (await client.ReadAsync())[4].ShouldBe((byte)0x80);
        }

        using (var further = await RawClient.ConnectAsync(Broker, "one more"))
        {
            await further.SendAsync(RawClient.Subscribe("any"));
            (await further.ReadAsync())[4].ShouldBe((byte)0x80);
        }

        Clients[0].Dispose();
        await Eventually.TrueAsync(
            async () =>
            {
                using var next = await RawClient.ConnectAsync(Broker, "the next");
                await next.SendAsync(RawClient.Subscribe("any"));
                return (await next.ReadAsync())[4] == 0;
            },
            "when one has gone another may subscribe");
    });

    [Fact]
    public Task Five_thousand_connections_that_say_nothing_keep_nobody_out() => BesideSensorsAsync(async load =>
    {
        for (var i = 0; i < 5000; i++)
            await Add(RawClient.OpenAsync(Broker));

        await using (var sensor = await TestSensor.ConnectAsync(Broker))
            await sensor.PublishAsync("not an event");
        await load.AcknowledgedMoreAsync(500);
        await AllEndedAsync();
    });

    [Fact]
    public Task Thousands_of_connects_with_one_client_id_hold_up_nobody() => BesideSensorsAsync(async load =>
    {
        var connects = 0;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref connects) <= 6000)
            {
                // Does not read, and at MQTT 5 is owed the word that another one has taken its place.
                using var client = await RawClient.OpenAsync(Broker, receiveBuffer: 4096);
                await client.SendAsync(RawClient.Connect("all the same", version5: true));
            }
        })));
        TestContext.Current.TestOutputHelper?.WriteLine($"{6000 / watch.Elapsed.TotalSeconds:0} connects a second");
        await load.AcknowledgedMoreAsync(500);
    });
}
