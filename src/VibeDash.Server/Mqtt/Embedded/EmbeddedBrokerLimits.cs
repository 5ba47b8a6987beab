namespace VibeDash.Server.Mqtt.Embedded;

/// <summary>
/// What a client of the embedded broker may take. The broker has no users: whoever reaches its port is a client, and none may keep the
/// others from being answered or make the server's memory grow without end.
/// </summary>
internal static class EmbeddedBrokerLimits
{
    /// <summary>Most connections. With as many that have said who they are, further ones are closed.</summary>
    public const int Connections = 10_000;

    /// <summary>Most connections that have not said who they are; one more closes the oldest of them.</summary>
    public const int SilentConnections = 2_000;

    /// <summary>Longest packet, in bytes without its fixed header, but for a message. A longer message is not passed on to subscribers.</summary>
    public const int PacketBytes = 128 * 1024;

    /// <summary>
    /// Longest message, in bytes with its topic. It is far too long to be an event, but its sender may not know: it becomes a dead letter, and is not
    /// sent again and again.
    /// </summary>
    public const int MessageBytes = 8 * 1024 * 1024;

    /// <summary>Most messages longer than <see cref="PacketBytes"/> in hand, of all connections together; further ones wait.</summary>
    public const int LongMessages = 8;

    /// <summary>Longest topic of a message, in UTF-16 code units.</summary>
    public const int TopicLength = 1024;

    /// <summary>Highest topic alias (MQTT 5).</summary>
    public const int TopicAliases = 16;

    /// <summary>Most packets of one connection that wait for their answer; with as many the connection is not read.</summary>
    public const int Unanswered = 4096;

    /// <summary>Most connections that subscribe to something.</summary>
    public const int Subscribers = 100;

    /// <summary>Most topic filters of one connection.</summary>
    public const int TopicFilters = 100;

    /// <summary>Most messages that wait to be taken by one subscriber; then the oldest are dropped.</summary>
    public const int WaitingMessages = 1000;

    /// <summary>For a connection to say who it is.</summary>
    public static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(10);

    /// <summary>For a packet to come in, from its first byte.</summary>
    public static readonly TimeSpan PacketPatience = TimeSpan.FromSeconds(30);

    /// <summary>For a client to take what is sent to it.</summary>
    public static readonly TimeSpan SendPatience = TimeSpan.FromSeconds(10);

    /// <summary>For a client to take the word that its connection ends: others wait for it.</summary>
    public static readonly TimeSpan FarewellPatience = TimeSpan.FromSeconds(0.5);
}
