using MQTTnet;
using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Formatter;
using MQTTnet.Implementations;
using VibeDash.Core.Payloads;
using VibeDash.Core.Readings;

namespace VibeDash.Server.Mqtt.External;

/// <summary>Provides MQTTnet's client with a <see cref="BrokerChannel"/> for its single connection.</summary>
/// <param name="receive">Receives each message; its payload is valid until the returned task completes.</param>
internal sealed class BrokerChannelFactory(Func<SourceMessage, KnownTexts, ValueTask> receive) : IMqttClientAdapterFactory
{
    /// <summary>The channel; null before the client connects.</summary>
    public BrokerChannel? Channel { get; private set; }

    /// <inheritdoc/>
    public IMqttChannelAdapter CreateClientAdapter(MqttClientOptions options, MqttPacketInspector packetInspector, IMqttNetLogger logger)
    {
        var socket = new MqttTcpChannel(options);
        var stream = (BrokerStream)((MqttClientTcpOptions)options.ChannelOptions).StreamProvider;
        var formatter = new MqttPacketFormatterAdapter(options.ProtocolVersion, new MqttBufferWriter(options.WriterBufferSize, options.WriterBufferSizeMax));
        return Channel = new BrokerChannel(() => stream.Stream, new MqttChannelAdapter(socket, formatter, logger) { AllowPacketFragmentation = options.AllowPacketFragmentation }, receive);
    }
}
