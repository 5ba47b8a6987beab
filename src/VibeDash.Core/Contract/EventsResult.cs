namespace VibeDash.Core.Contract;

/// <summary>The result of the events of one request.</summary>
/// <param name="Stored">Number of events stored.</param>
/// <param name="Duplicates">Number of events that had been stored before.</param>
/// <param name="Rejected">Number of events rejected.</param>
/// <param name="Items">One result for each event, in the order of the request.</param>
public sealed record EventsResult(int Stored, int Duplicates, int Rejected, EventResult[] Items);
