namespace VibeDash.Server.Storage;

/// <summary>An executed command, written in the transaction of its effect. Append-only.</summary>
internal sealed class CommandRow
{
    /// <summary>Position in the order of execution.</summary>
    public long Position { get; set; }

    /// <summary>Id of the command; the same for all attempts.</summary>
    public Guid Id { get; set; }

    public DateTimeOffset At { get; set; }

    public required string Actor { get; set; }

    /// <summary>Kind of the command, e.g. <c>DeleteDeadLetters</c>.</summary>
    public required string Name { get; set; }

    /// <summary>Object of the command, e.g. the id of a dead letter; null when there is none.</summary>
    public string? Subject { get; set; }

    /// <summary>More about it, e.g. the reason a person gave; null when there is none.</summary>
    public string? Detail { get; set; }

    /// <summary>Code of the refusal; null for success.</summary>
    public string? Refusal { get; set; }

    /// <summary>Where the request came from: address, and the key when it was one; null for the server itself.</summary>
    public string? Origin { get; set; }

    /// <summary>What was there before, as JSON; null when the command replaces nothing.</summary>
    public string? Before { get; set; }

    /// <summary>What is there now, as JSON; null when the command leaves nothing, or its effect has a journal of its own.</summary>
    public string? After { get; set; }

    /// <summary>Links the entry to the one before it, see <see cref="CommandChain"/>; null for entries of before there was a chain.</summary>
    public byte[]? Hash { get; set; }
}
