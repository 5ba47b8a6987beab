namespace VibeDash.Core.Alerts;

/// <summary>One entry of the alert journal. Appended, never edited.</summary>
/// <param name="Position">Place in the journal, from 1 without gaps, across all alerts.</param>
/// <param name="AlertId">The alert.</param>
/// <param name="From">State before.</param>
/// <param name="To">State after.</param>
/// <param name="At">When: event time of the reading, or server time of a person's action.</param>
/// <param name="Level">Level of the reading that caused it; null for a person's action.</param>
/// <param name="By">Who acted; null when a reading did.</param>
/// <param name="Note">What they noted, or null.</param>
public sealed record AlertTransition(
    long Position, long AlertId, AlertState From, AlertState To, DateTimeOffset At, double? Level, string? By, string? Note);
