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

    /// <summary>Where the request came from: address, and id of the key when it was one; null for the server itself.</summary>
    public string? Origin { get; init; }

    /// <summary>What was there before, as JSON; null when the command replaces nothing.</summary>
    public string? Before { get; init; }

    /// <summary>What is there now, as JSON; null when there is nothing, or its effect has a journal of its own.</summary>
    public string? After { get; init; }

    /// <summary>Maximum number of entries in one answer.</summary>
    public const int MaximumLimit = 500;

    /// <summary>Default number of entries in one answer.</summary>
    public const int DefaultLimit = 100;
}
