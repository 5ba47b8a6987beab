namespace VibeDash.Core.Contract;

/// <summary>A replay of many dead letters, under way or ended. Counts are of letters unless they say otherwise.</summary>
/// <param name="Selection">Which ones.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndedAt">When it ended; null while it is under way.</param>
/// <param name="Total">How many there were to replay.</param>
/// <param name="Accepted">How many are dead letters no more.</param>
/// <param name="Refused">How many were refused again.</param>
/// <param name="StoredReadings">Readings that were stored.</param>
/// <param name="Fault">Why it ended early, in one sentence; the rest is as it was. Null when it did not.</param>
public sealed record ReplayRun(
    DeadLetterSelection Selection,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    int Total,
    int Accepted = 0,
    int Refused = 0,
    int StoredReadings = 0,
    string? Fault = null);
