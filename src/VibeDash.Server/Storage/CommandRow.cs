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
}
