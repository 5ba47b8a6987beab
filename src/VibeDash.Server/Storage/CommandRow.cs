namespace VibeDash.Server.Storage;

/// <summary>A command that was carried out, written in the transaction of its effect. Appended, never edited.</summary>
internal sealed class CommandRow
{
    /// <summary>Position in the order of execution.</summary>
    public long Position { get; set; }

    /// <summary>The command's own id: the same at every attempt.</summary>
    public Guid Id { get; set; }

    public DateTimeOffset At { get; set; }

    public required string Actor { get; set; }

    /// <summary>Kind of the command, e.g. <c>DeleteDeadLetters</c>.</summary>
    public required string Name { get; set; }

    /// <summary>Its object, e.g. the id of the dead letter; null when there is none.</summary>
    public string? Subject { get; set; }

    /// <summary>Code of the refusal; null when it was done.</summary>
    public string? Refusal { get; set; }
}
