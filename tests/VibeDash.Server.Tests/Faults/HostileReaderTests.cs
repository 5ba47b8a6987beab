using System.Net.Sockets;
using System.Runtime.InteropServices;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Faults;

/// <summary>Clients that do not read the data they have requested.</summary>
public sealed class HostileReaderTests : HostileClientTests
{
    [Fact]
    public Task Subscribers_that_never_read_lose_messages_and_then_their_connection() => BesideSensorsAsync(
        async load =>
        {
            for (var i = 0; i < 30; i++)
                await (await Add(RawClient.ConnectAsync(Broker, $"deaf-{i}", version5: false, receiveBuffer: 4096))).SendAsync(RawClient.Subscribe("#"));

            // Large messages fill the system's buffers.
            using var talker = await RawClient.ConnectAsync(Broker, "talker");
            var message = RawClient.Publish("any/thing", new byte[100_000]);
            for (var i = 0; i < 300; i++)
                await talker.SendAsync(message);

            await Eventually.TrueAsync(
                async () =>
                {
                    foreach (var client in Clients)
                    {
                        // Asks for a sign of life, and takes none; one that has been closed answers with a reset.
                        try
                        {
                            await client.SendAsync(new byte[] { 0xC0, 0 });
                            return false;
                        }
                        catch (SocketException)
                        {
                        }
                    }

                    return true;
                },
                "all who never read are closed");
            await load.AcknowledgedMoreAsync(500);
        });

    [Fact]
    public Task Retained_messages_are_not_kept_and_what_is_never_answered_is_not_read() => BesideSensorsAsync(async _ =>
    {
        using (var talker = await RawClient.ConnectAsync(Broker, "talker"))
        {
            for (var i = 0; i < 10_000; i++)
                await talker.SendAsync(RawClient.Publish($"kept/{i}", new byte[1000], retain: true));
            await talker.SendAsync(new byte[] { 0xC0, 0 });
            (await talker.ReadAsync()).ShouldBe([0xD0, 0]);
        }

        using (var listener = await RawClient.ConnectAsync(Broker, "listener"))
        {
            await listener.SendAsync(RawClient.Subscribe("#", "kept/#"));
            await listener.SendAsync(new byte[] { 0xC0, 0 });
            var answers = new List<byte>();

            // The answer stands somewhere among the messages of the sensors.
            while (CollectionsMarshal.AsSpan(answers).IndexOf(new byte[] { 0xD0, 0 }) < 0)
                answers.AddRange(await listener.ReadAsync());
            answers.Count.ShouldBeLessThan(20_000, "nothing of what was sent before is there");
        }

        // Requests without end, and no answer is read. Millions of answers fit into the buffers of the system; then the client is disconnected, or, where
        // the system takes an answer now and then, no longer read.
        var asking = await Add(RawClient.ConnectAsync(Broker, "asking", version5: false, receiveBuffer: 4096));
        var questions = Enumerable.Repeat(new byte[] { 0xC0, 0 }, 50_000).SelectMany(question => question).ToArray();
        var fault = await Should.ThrowAsync<Exception>(async () =>
        {
            for (var i = 0; i < 1000; i++)
                await asking.SendAsync(questions).WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
        });
        (fault is SocketException or TimeoutException).ShouldBeTrue(fault.Message);
    });
}
