namespace VibeDash.Core.Payloads;

/// <summary>A message as a broker delivered it.</summary>
/// <param name="Topic">Its topic.</param>
/// <param name="Payload">Its payload, or only the start of one that is far too long; valid only while the message is parsed.</param>
public readonly record struct SourceMessage(string Topic, ReadOnlyMemory<byte> Payload)
{
    /// <summary>Length of the whole payload, in bytes.</summary>
    public long PayloadBytes
    {
        get => field > 0 ? field : Payload.Length;
        init;
    }

    /// <summary>MQTT 5 content type, or null.</summary>
    public string? ContentType { get; init; }

    /// <summary>MQTT 5 user properties.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> UserProperties { get; init; } = [];

    /// <summary>MQTT packet identifier; 0 at QoS 0.</summary>
    public ushort PacketId { get; init; }

    /// <summary>True when the sender marks it as possibly sent before (MQTT's DUP).</summary>
    public bool Redelivered { get; init; }

    /// <summary>True when the broker had retained it before the subscription, for an unknown time.</summary>
    public bool Retained { get; init; }

    /// <summary>Arrival time of a replayed message; null for now.</summary>
    public DateTimeOffset? ArrivedAt { get; init; }
}
