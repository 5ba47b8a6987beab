using VibeDash.Core.Readings;

namespace VibeDash.Server.Storage;

/// <summary>A rejected message with everything needed to replay it.</summary>
internal sealed class DeadLetterRow
{
    public long Id { get; set; }

    public DateTimeOffset ReceivedAt { get; set; }

    public required string Topic { get; set; }

    public RejectionReason Reason { get; set; }

    public required string Detail { get; set; }

    public long PayloadBytes { get; set; }

    /// <summary>True when payload and properties are complete.</summary>
    public bool IsWhole { get; set; }

    /// <summary>Its share of the size limit of all dead letters.</summary>
    public long KeptBytes { get; set; }

    public int Attempts { get; set; }

    public DateTimeOffset? LastAttemptAt { get; set; }

    /// <summary>True when it was received over HTTP.</summary>
    public bool Posted { get; set; }

    /// <summary>Topic filter of the source that rejected it.</summary>
    public string? Source { get; set; }

    public int PacketId { get; set; }

    public bool Redelivered { get; set; }

    public bool Retained { get; set; }

    public string? ContentType { get; set; }

    /// <summary>JSON; null for none.</summary>
    public string? UserProperties { get; set; }

    public required byte[] Payload { get; set; }
}
