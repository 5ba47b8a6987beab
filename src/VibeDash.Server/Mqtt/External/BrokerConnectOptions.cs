using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using VibeDash.Server.Sources;

namespace VibeDash.Server.Mqtt.External;

/// <summary>How a listener connects and what it subscribes to, in the words of each MQTT version.</summary>
internal static class BrokerConnectOptions
{
    /// <summary>Longest silence. A broker that is gone without a word is noticed within one and a half times of it: when the answer to the question stays out.</summary>
    public static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(10);

    /// <summary>For the answer to a packet.</summary>
    public static readonly TimeSpan AnswerTimeout = KeepAlive / 2;

    // The library asks the system for 8 KB. A receive window smaller than one segment makes TCP send by timer: on loopback, where a segment has
    // 64 KB, a subscriber that falls behind once is then fed some 75 messages a second for good.
    private const int SocketBuffer = 512 * 1024;

    // What version 3.1.1 answers to a version it does not speak. The library passes it on as it comes.
    private const MqttClientConnectResultCode UnacceptableProtocolVersion = (MqttClientConnectResultCode)1;

    /// <summary>TLS for one attempt to connect; null when the connection is not to be encrypted.</summary>
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

        // In 3.1.1 the session lasts as long as the broker likes, and it alone says how much may be in flight.
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

    /// <summary>The subscriptions. Asked for anew at each connection: the configuration may have changed, or the broker lost the session.</summary>
    public static MqttClientSubscribeOptions Subscriptions(TopicSources sources, MqttProtocolVersion version) => new()
    {
        TopicFilters =
        [
            .. sources.Subscriptions.Select(pattern => new MqttTopicFilter
            {
                Topic = pattern.Filter,
                QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,

                // What a topic last said may be a reading that was never received; so it is wanted once, and not again at each connection.
                RetainHandling = version == MqttProtocolVersion.V500 ? MqttRetainHandling.SendAtSubscribeIfNewSubscriptionOnly : MqttRetainHandling.SendAtSubscribe,
            }),
        ],
    };

    /// <summary>True when the broker refuses the MQTT version, whichever version it says so in.</summary>
    public static bool IsVersionRefused(MqttClientConnectResultCode code) =>
        code is MqttClientConnectResultCode.UnsupportedProtocolVersion or UnacceptableProtocolVersion;
}
