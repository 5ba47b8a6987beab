using VibeDash.Core.Notes;

namespace VibeDash.Server.Storage;

/// <summary>An entry of the journal of notes. Append-only.</summary>
internal sealed class NoteChangeRow
{
    public long Position { get; set; }

    public NoteAction Action { get; set; }

    public required string By { get; set; }

    public DateTimeOffset At { get; set; }

    /// <summary>The note, like the properties that follow after the action.</summary>
    public long NoteId { get; set; }

    public int Version { get; set; }

    public required string SensorId { get; set; }

    public DateTimeOffset From { get; set; }

    public DateTimeOffset? To { get; set; }

    public NoteKind Kind { get; set; }

    public required string Text { get; set; }

    public required string WrittenBy { get; set; }

    public DateTimeOffset WrittenAt { get; set; }

    public string? ChangedBy { get; set; }

    public DateTimeOffset? ChangedAt { get; set; }

    /// <summary>Converts to the Core type.</summary>
    public NoteChange ToChange() => new(
        Position,
        Action,
        By,
        At,
        new(NoteId, SensorId, From, To, Kind, Text, WrittenBy, WrittenAt) { Version = Version, ChangedBy = ChangedBy, ChangedAt = ChangedAt });

    /// <summary>Creates a row from <paramref name="change"/>.</summary>
    public static NoteChangeRow Of(NoteChange change) => new()
    {
        Position = change.Position,
        Action = change.Action,
        By = change.By,
        At = change.At,
        NoteId = change.Note.Id,
        Version = change.Note.Version,
        SensorId = change.Note.SensorId,
        From = change.Note.From,
        To = change.Note.To,
        Kind = change.Note.Kind,
        Text = change.Note.Text,
        WrittenBy = change.Note.By,
        WrittenAt = change.Note.At,
        ChangedBy = change.Note.ChangedBy,
        ChangedAt = change.Note.ChangedAt,
    };
}
