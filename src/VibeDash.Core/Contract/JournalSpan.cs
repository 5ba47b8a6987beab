namespace VibeDash.Core.Contract;

/// <summary>Consecutive entries of a journal that a client does not get, because they concern other places than those to which it is limited.</summary>
/// <param name="First">Position of the first.</param>
/// <param name="Last">Position of the last.</param>
public readonly record struct JournalSpan(long First, long Last);
