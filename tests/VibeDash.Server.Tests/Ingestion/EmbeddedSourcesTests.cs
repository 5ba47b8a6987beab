using System.Net.Sockets;
using System.Text;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Ingestion;

public sealed class EmbeddedSourcesTests : SourcesTests
{
    private protected override TestBroker CreateBroker() => new EmbeddedTestBroker(Settings);

    [Fact]
    public async Task A_number_that_is_delivered_again_is_counted_once()
    {
        await PublishPacketAsync("2.5", packetId: 7, duplicate: false);
        await PublishPacketAsync("2.5", packetId: 7, duplicate: true);
        (await Server.WorkedOnAsync(2)).Stored.ShouldBe(1);

        // Neither a new message with the old packet identifier nor a redelivery of a message never received is taken for a duplicate.
        await PublishPacketAsync("2.5", packetId: 7, duplicate: false);
        await PublishPacketAsync("2.6", packetId: 7, duplicate: true);
        await PublishPacketAsync("2.5", packetId: 8, duplicate: true);

        var status = await Server.WorkedOnAsync(5);
        (status.Stored, status.Duplicates).ShouldBe((4, 1));
    }

    /// <summary>One connection, one QoS 1 publish, byte by byte: client libraries do not let callers choose the packet identifier.</summary>
    private async Task PublishPacketAsync(string payload, byte packetId, bool duplicate)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", Broker.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(new byte[] { 0x10, 13, 0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T', 4, 2, 0, 60, 0, 1, (byte)'p' }, TestContext.Current.CancellationToken);
        await stream.ReadExactlyAsync(new byte[4], TestContext.Current.CancellationToken);

        var topic = "plant/a/b/c/VB-1/rms"u8.ToArray();
        byte[] body = [0, (byte)topic.Length, .. topic, 0, packetId, .. Encoding.UTF8.GetBytes(payload)];
        await stream.WriteAsync(new byte[] { (byte)(duplicate ? 0x3A : 0x32), (byte)body.Length }.Concat(body).ToArray(), TestContext.Current.CancellationToken);
        await stream.ReadExactlyAsync(new byte[4], TestContext.Current.CancellationToken);
    }
}
