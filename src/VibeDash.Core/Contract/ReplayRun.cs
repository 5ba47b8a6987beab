namespace VibeDash.Core.Contract;

/// <summary>A replay of many dead letters, in progress or ended. Counts are of letters unless noted.</summary>
/// <param name="Selection">The letters to replay.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="EndedAt">When it ended; null while it is in progress.</param>
/// <param name="Total">Number of letters to replay.</param>
/// <param name="Accepted">Number of letters accepted and removed.</param>
/// <param name="Refused">Number of letters refused again.</param>
/// <param name="StoredReadings">Number of readings stored.</param>
/// <param name="Fault">Why it ended early; the remaining letters are unchanged. Null when it did not end early.</param>
public sealed record ReplayRun(
    DeadLetterSelection Selection,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    int Total,
    int Accepted = 0,
    int Refused = 0,
    int StoredReadings = 0,
    RunFault? Fault = null);
