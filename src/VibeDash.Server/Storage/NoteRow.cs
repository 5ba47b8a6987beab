using VibeDash.Core.Notes;

namespace VibeDash.Server.Storage;

/// <summary>Current state of a note; its history is in the journal of notes.</summary>
internal sealed class NoteRow
{
    public long Id { get; set; }

    public required string SensorId { get; set; }

    public DateTimeOffset From { get; set; }

    public DateTimeOffset? To { get; set; }

    public NoteKind Kind { get; set; }

    public required string Text { get; set; }

    public required string By { get; set; }

    public DateTimeOffset At { get; set; }

    public int Version { get; set; }

    public string? ChangedBy { get; set; }

    public DateTimeOffset? ChangedAt { get; set; }

    /// <summary>Converts to the Core type.</summary>
    public Note ToNote() => new(Id, SensorId, From, To, Kind, Text, By, At) { Version = Version, ChangedBy = ChangedBy, ChangedAt = ChangedAt };

    /// <summary>Creates a row from <paramref name="note"/>.</summary>
    public static NoteRow Of(Note note) => new()
    {
        Id = note.Id,
        SensorId = note.SensorId,
        From = note.From,
        To = note.To,
        Kind = note.Kind,
        Text = note.Text,
        By = note.By,
        At = note.At,
        Version = note.Version,
        ChangedBy = note.ChangedBy,
        ChangedAt = note.ChangedAt,
    };
}
