using VibeDash.Core.Contract;

namespace VibeDash.Server.Pipeline;

/// <summary>Snapshot of the event loop; counts since server start.</summary>
/// <param name="Stored">Readings stored.</param>
/// <param name="Duplicates">Duplicate events.</param>
/// <param name="Late">Late-arriving readings.</param>
/// <param name="Rejected">Messages that became dead letters.</param>
/// <param name="DeadLetters">Dead letters currently kept.</param>
/// <param name="StorageFault">Fault of the last attempt to store, or null.</param>
/// <param name="Faults">Work items that could not be processed.</param>
/// <param name="LastFault">Fault of the last such item, or null.</param>
/// <param name="FloodSince">Start of the alert flood, or null.</param>
/// <param name="Backlog">The backlog, or null.</param>
internal sealed record PipelineCounters(
    long Stored,
    long Duplicates,
    long Late,
    long Rejected,
    int DeadLetters,
    string? StorageFault,
    long Faults,
    string? LastFault,
    DateTimeOffset? FloodSince,
    BacklogStatus? Backlog);
