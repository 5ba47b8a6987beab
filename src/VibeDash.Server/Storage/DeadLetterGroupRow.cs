using VibeDash.Core.Readings;

namespace VibeDash.Server.Storage;

/// <summary>Letters of one reason and topic that are no longer kept, although others of the group are.</summary>
internal sealed class DeadLetterGroupRow
{
    public RejectionReason Reason { get; set; }

    public required string Topic { get; set; }

    /// <summary>Number of letters deleted to make room.</summary>
    public long Dropped { get; set; }
}
