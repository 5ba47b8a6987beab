using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using VibeDash.Server.Sources;

namespace VibeDash.Server.Mqtt.External;

/// <summary>Options of MQTTnet's client for connecting and subscribing, for each MQTT version.</summary>
internal static class BrokerConnectOptions
{
    /// <summary>Keep-alive interval. A broker that disappears silently is detected within one and a half intervals, by the missing answer to a ping.</summary>
    public static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(10);

    /// <summary>Time limit for the answer to a packet.</summary>
    public static readonly TimeSpan AnswerTimeout = KeepAlive / 2;

    // The library's socket buffer is 8 KB. With a receive window below one segment, TCP sends by timer: on loopback, where a segment has 64 KB, a
    // subscriber that once falls behind then receives only about 75 messages per second, permanently.
    private const int SocketBuffer = 512 * 1024;

    // Return code of MQTT 3.1.1 for an unsupported version. The library passes it on unchanged.
    private const MqttClientConnectResultCode UnacceptableProtocolVersion = (MqttClientConnectResultCode)1;

    /// <summary>TLS for one connection attempt; null for an unencrypted connection.</summary>
    public static BrokerTls? Tls(BrokerOptions options) => options.Tls ? new(options, SocketBuffer) : null;

    /// <summary>The options of a connection.</summary>
    public static MqttClientOptions For(BrokerOptions options, MqttProtocolVersion version, BrokerTls? tls, OutboundMessage? will)
    {
        var builder = new MqttClientOptionsBuilder()
            .WithProtocolVersion(version)
            .WithTcpServer(options.Host, options.Port)
            .WithClientId(options.ClientId)
            .WithCleanStart(false)
            .WithKeepAlivePeriod(KeepAlive)
            .WithTimeout(AnswerTimeout);

        // In 3.1.1 the broker alone determines session expiry and the number of messages in flight.
        if (version == MqttProtocolVersion.V500)
        {
            builder = builder
                .WithSessionExpiryInterval((uint)TimeSpan.FromHours(options.SessionExpiryHours).TotalSeconds)
                .WithReceiveMaximum((ushort)options.ReceiveMaximum);
        }

        if (options.User.Length > 0)
            builder = builder.WithCredentials(options.User, options.Password);
        if (will is not null)
            builder = builder.WithWillTopic(will.Topic).WithWillPayload(will.Payload).WithWillRetain(will.Retain).WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
        return builder.WithStreamProvider(new BrokerStream(tls, SocketBuffer)).Build();
    }

    /// <summary>The subscriptions. Repeated for each connection: the configuration may have changed, or the broker may have lost the session.</summary>
    public static MqttClientSubscribeOptions Subscriptions(TopicSources sources, MqttProtocolVersion version) => new()
    {
        TopicFilters =
        [
            .. sources.Subscriptions.Select(pattern => new MqttTopicFilter
            {
                Topic = pattern.Filter,
                QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,

                // A retained message may be a reading not received yet: request it once, not for each connection.
                RetainHandling = version == MqttProtocolVersion.V500 ? MqttRetainHandling.SendAtSubscribeIfNewSubscriptionOnly : MqttRetainHandling.SendAtSubscribe,
            }),
        ],
    };

    /// <summary>True when the broker refuses the MQTT version, in the return code of either version.</summary>
    public static bool IsVersionRefused(MqttClientConnectResultCode code) =>
        code is MqttClientConnectResultCode.UnsupportedProtocolVersion or UnacceptableProtocolVersion;
}
