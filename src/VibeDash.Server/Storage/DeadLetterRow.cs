using VibeDash.Core.Readings;

namespace VibeDash.Server.Storage;

/// <summary>A message that was not accepted, with all that is needed to read it once more.</summary>
internal sealed class DeadLetterRow
{
    public long Id { get; set; }

    public DateTimeOffset ReceivedAt { get; set; }

    public required string Topic { get; set; }

    public RejectionReason Reason { get; set; }

    public required string Detail { get; set; }

    public long PayloadBytes { get; set; }

    /// <summary>True when payload and properties are all there.</summary>
    public bool IsWhole { get; set; }

    /// <summary>What it counts against the bound of all dead letters together.</summary>
    public long KeptBytes { get; set; }

    public int Attempts { get; set; }

    public DateTimeOffset? LastAttemptAt { get; set; }

    /// <summary>True when it came over HTTP.</summary>
    public bool Posted { get; set; }

    /// <summary>Topic filter of the source that refused it.</summary>
    public string? Source { get; set; }

    public int PacketId { get; set; }

    public bool Redelivered { get; set; }

    public bool Retained { get; set; }

    public string? ContentType { get; set; }

    /// <summary>As JSON; null is none.</summary>
    public string? UserProperties { get; set; }

    public required byte[] Payload { get; set; }
}
