namespace VibeDash.Core.Contract;

/// <summary>What became of the events of one request.</summary>
/// <param name="Stored">How many were stored.</param>
/// <param name="Duplicates">How many had been stored before.</param>
/// <param name="Rejected">How many were rejected.</param>
/// <param name="Items">One entry for each event, in the order of the request.</param>
public sealed record EventsResult(int Stored, int Duplicates, int Rejected, EventResult[] Items);
