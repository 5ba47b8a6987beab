namespace VibeDash.Core.Contract;

/// <summary>The result of a deletion.</summary>
/// <param name="Deleted">Number of deleted dead letters.</param>
public sealed record DeadLettersDeleted(int Deleted);
