namespace VibeDash.Core.Contract;

/// <summary>One entry of the record of who did what.</summary>
/// <param name="Position">Place in the order of execution.</param>
/// <param name="At">When, by the server's clock.</param>
/// <param name="By">Who.</param>
/// <param name="Name">What, e.g. <c>PutRule</c>.</param>
/// <param name="Subject">What it was done to, e.g. the id of a rule; null for nothing in particular.</param>
/// <param name="Refusal">Why nothing was done; null when it was done.</param>
public sealed record CommandEntry(long Position, DateTimeOffset At, string By, string Name, string? Subject, RefusalCode? Refusal)
{
    /// <summary>Most entries in one answer.</summary>
    public const int MaximumLimit = 500;

    /// <summary>How many an answer has unless told otherwise.</summary>
    public const int DefaultLimit = 100;
}
