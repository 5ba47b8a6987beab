namespace VibeDash.Server.Storage;

/// <summary>What the event loop must know of the dead letters to keep them within their bounds without counting them.</summary>
/// <param name="LastId">Highest id ever given.</param>
/// <param name="Count">How many there are.</param>
/// <param name="KeptBytes">What they keep together.</param>
/// <param name="OldestAt">No letter arrived before this time; null when there are none.</param>
internal readonly record struct DeadLetterTotals(long LastId, int Count, long KeptBytes, DateTimeOffset? OldestAt);
