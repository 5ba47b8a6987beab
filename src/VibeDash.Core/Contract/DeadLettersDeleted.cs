namespace VibeDash.Core.Contract;

/// <summary>The answer to a deletion.</summary>
/// <param name="Deleted">How many dead letters were deleted.</param>
public sealed record DeadLettersDeleted(int Deleted);
