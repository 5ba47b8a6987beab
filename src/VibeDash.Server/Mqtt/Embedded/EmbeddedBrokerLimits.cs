namespace VibeDash.Server.Mqtt.Embedded;

/// <summary>
/// Limits for a client of the embedded broker. The broker has no users, so any program that reaches its port is a client. None may starve others or
/// make the server's memory grow without bound.
/// </summary>
internal static class EmbeddedBrokerLimits
{
    /// <summary>Maximum connections. When all are identified, further ones are closed.</summary>
    public const int Connections = 10_000;

    /// <summary>Maximum unidentified connections; a further one closes the oldest.</summary>
    public const int SilentConnections = 2_000;

    /// <summary>Maximum length of a packet other than a message, in bytes without its fixed header. Longer messages are not passed on to subscribers.</summary>
    public const int PacketBytes = 128 * 1024;

    /// <summary>
    /// Maximum length of a message, in bytes including its topic. Far longer than any event, so that a message that is too long becomes a dead letter
    /// and is not sent repeatedly.
    /// </summary>
    public const int MessageBytes = 8 * 1024 * 1024;

    /// <summary>Maximum messages longer than <see cref="PacketBytes"/> in memory, across all connections; further ones wait.</summary>
    public const int LongMessages = 8;

    /// <summary>Maximum length of a topic, in UTF-16 code units.</summary>
    public const int TopicLength = 1024;

    /// <summary>Maximum topic alias (MQTT 5).</summary>
    public const int TopicAliases = 16;

    /// <summary>Maximum unanswered packets of a connection; at the maximum the connection is not read.</summary>
    public const int Unanswered = 4096;

    /// <summary>Maximum subscribing connections.</summary>
    public const int Subscribers = 100;

    /// <summary>Maximum topic filters of a connection.</summary>
    public const int TopicFilters = 100;

    /// <summary>Maximum messages queued for a subscriber; beyond it, the oldest are dropped.</summary>
    public const int WaitingMessages = 1000;

    /// <summary>Time limit for a client to identify itself.</summary>
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Time limit for receiving a packet, from its first byte.</summary>
    public static readonly TimeSpan PacketTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Time limit for sending to a client.</summary>
    public static readonly TimeSpan SendTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Time limit for sending DISCONNECT: other clients wait for it.</summary>
    public static readonly TimeSpan DisconnectTimeout = TimeSpan.FromSeconds(0.5);
}
