using VibeDash.Core.Sensors;

namespace VibeDash.Server.Data;

/// <summary>A message that was not accepted.</summary>
internal sealed class DeadLetterRow
{
    public long Id { get; set; }

    public DateTimeOffset ReceivedAt { get; set; }

    public required string Topic { get; set; }

    public RejectionReason Reason { get; set; }

    public required string Detail { get; set; }

    public required string Payload { get; set; }

    public long PayloadBytes { get; set; }
}
