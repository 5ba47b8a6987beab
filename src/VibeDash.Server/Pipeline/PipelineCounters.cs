using VibeDash.Core.Contract;

namespace VibeDash.Server.Pipeline;

/// <summary>State of the event loop at one moment; counts since the start of the server.</summary>
/// <param name="Stored">Readings stored.</param>
/// <param name="Duplicates">Events that had been stored before.</param>
/// <param name="Late">Late-arriving readings.</param>
/// <param name="Rejected">Messages that became dead letters.</param>
/// <param name="DeadLetters">Dead letters kept now.</param>
/// <param name="StorageFault">Fault of the last attempt to store, or null.</param>
/// <param name="Faults">Work items that could not be processed.</param>
/// <param name="LastFault">Fault of the last of those, or null.</param>
/// <param name="FloodSince">Start of the alert flood, or null.</param>
/// <param name="Backlog">The backlog; null when the readings shown are the present.</param>
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
