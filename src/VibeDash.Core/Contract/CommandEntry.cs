namespace VibeDash.Core.Contract;

/// <summary>One entry of the command record: a command, its actor and its result.</summary>
/// <param name="Position">Position in the order of execution.</param>
/// <param name="At">Server time of the command.</param>
/// <param name="By">The actor.</param>
/// <param name="Name">Name of the command, e.g. <c>PutRule</c>.</param>
/// <param name="Subject">Subject of the command, e.g. the id of a rule; null when it has none.</param>
/// <param name="Refusal">Why the command was refused; null when it was executed.</param>
public sealed record CommandEntry(long Position, DateTimeOffset At, string By, string Name, string? Subject, RefusalCode? Refusal)
{
    /// <summary>More about it, e.g. the reason a person gave; null when there is none.</summary>
    public string? Detail { get; init; }

    /// <summary>Maximum number of entries in one answer.</summary>
    public const int MaximumLimit = 500;

    /// <summary>Default number of entries in one answer.</summary>
    public const int DefaultLimit = 100;
}
