using MQTTnet;
using MQTTnet.Formatter;

namespace VibeDash.Benchmarks;

/// <summary>Reference for ingest: an MQTTnet QoS 1 subscriber that only counts.</summary>
internal sealed class BareSubscriber : IDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private long _count;

    public long Count => Interlocked.Read(ref _count);

    public async Task ConnectAsync(int port)
    {
        _client.ApplicationMessageReceivedAsync += _ =>
        {
            Interlocked.Increment(ref _count);
            return Task.CompletedTask;
        };
        var options = new MqttClientOptionsBuilder()
            .WithTcpServer("127.0.0.1", port).WithProtocolVersion(MqttProtocolVersion.V500).WithReceiveMaximum(2048).WithClientId("bare").Build();

        // Same as VibeDash; with the library's 8 KB the reference would stall occasionally.
        ((MqttClientTcpOptions)options.ChannelOptions).BufferSize = 512 * 1024;
        await _client.ConnectAsync(options);
        await _client.SubscribeAsync(new MqttTopicFilterBuilder().WithTopic("sensors/+/vibration").WithAtLeastOnceQoS().Build());
    }

    public void Dispose() => _client.Dispose();
}
