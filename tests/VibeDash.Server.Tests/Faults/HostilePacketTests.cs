using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Faults;

/// <summary>Packets that no good client sends.</summary>
public sealed class HostilePacketTests : HostileClientTests
{
    // 256 MB less one byte: the longest that MQTT can announce.
    private static readonly byte[] Announcement = [0x30, 0xFF, 0xFF, 0xFF, 0x7F];

    [Fact]
    public Task Packets_that_announce_256_megabytes_are_refused_before_they_come() => BesideSensorsAsync(async _ =>
    {
        for (var i = 0; i < 100; i++)
        {
            await Add(RawClient.OpenAsync(Broker)).ContinueWith(opened => opened.Result.SendAsync(Announcement)).Unwrap();
            await Add(RawClient.ConnectAsync(Broker, $"large-{i}")).ContinueWith(opened => opened.Result.SendAsync(Announcement)).Unwrap();
        }

        await AllEndedAsync();

        // Who speaks MQTT 5 is told why.
        using var told = await RawClient.ConnectAsync(Broker, "told", version5: true);
        await told.SendAsync(Announcement);
        var farewell = await told.EndedAsync();
        (farewell[0], farewell[2]).ShouldBe(((byte)0xE0, (byte)0x95));
    });

    [Fact]
    public Task Malformed_packets_huge_topics_and_made_up_aliases_end_their_connection_only() => BesideSensorsAsync(async _ =>
    {
        var random = new Random(20261124);
        var hugeTopic = new string('t', 60_000);
        for (var i = 0; i < 300; i++)
        {
            var garbage = new byte[random.Next(1, 400)];
            random.NextBytes(garbage);
            byte[] packet = (i % 6) switch
            {
                0 => RawClient.Publish(hugeTopic, "1"u8, qos: 1, properties: []),
                1 => RawClient.Publish("any", "1"u8, qos: 1, properties: [0x23, 0xFF, 0xFF]),
                2 => RawClient.Publish("", "1"u8, qos: 1, properties: [0x23, 0, 7]),
                3 => [0x30, (byte)Math.Min(garbage.Length, 127), .. garbage[..Math.Min(garbage.Length, 127)]],
                4 => [0x82, 3, 0, 1, 0xFF],
                _ => [0xF0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, .. garbage],
            };
            var client = await Add(RawClient.ConnectAsync(Broker, $"malformed-{i}", version5: true));
            await client.SendAsync(packet);
            if (i % 6 == 3)
                client.Dispose();

            var other = await Add(RawClient.OpenAsync(Broker));
            await other.SendAsync(garbage);
        }

        await AllEndedAsync();
    });
}
