using VibeDash.Client.Ui;
using VibeDash.Core.Contract;
using VibeDash.Core.Faults;
using VibeDash.Core.Notes;

namespace VibeDash.Client.Notes;

/// <summary>The input of a note, with local times.</summary>
public sealed class NoteDraft
{
    private readonly Note? _known;

    private NoteDraft(Note? known) => _known = known;

    /// <summary>Kind of the note.</summary>
    public NoteKind Kind { get; set; }

    /// <summary>True for a span, false for an instant.</summary>
    public bool IsSpan { get; set; }

    /// <summary>The instant, or the start of the span; local time in whole seconds.</summary>
    public DateTime? From { get; set; }

    /// <summary>End of the span.</summary>
    public DateTime? To { get; set; }

    /// <summary>The text.</summary>
    public string Text { get; set; } = "";

    /// <summary>A new note, at the current time.</summary>
    public static NoteDraft New(DateTimeOffset now, TimeZoneInfo zone) => new(null) { From = WallClock.Of(now, zone) };

    /// <summary>A change of an existing note.</summary>
    public static NoteDraft Of(Note note, TimeZoneInfo zone) => new(note)
    {
        Kind = note.Kind,
        IsSpan = note.To is not null,
        From = WallClock.Of(note.From, zone),
        To = note.To is { } to ? WallClock.Of(to, zone) : null,
        Text = note.Text,
    };

    /// <summary>The edit to send, or why the input is invalid.</summary>
    /// <param name="now">The server's clock.</param>
    /// <param name="zone">Time zone of the local times.</param>
    public (NoteEdit? Edit, string? Fault) Finish(DateTimeOffset now, TimeZoneInfo zone)
    {
        if (!WallClock.IsDate(From))
            return (null, IsSpan ? "The start is missing." : "The time is missing.");
        if (IsSpan && !WallClock.IsDate(To))
            return (null, "The end is missing.");
        var edit = new NoteEdit(Time(From!.Value, _known?.From, zone), IsSpan ? Time(To!.Value, _known?.To, zone) : null, Kind, Text.Trim()) { Version = _known?.Version };
        return edit.Fault(now) is { } fault ? (null, FaultText.Of(fault)) : (edit, null);
    }

    // An unchanged time keeps its fraction of a second.
    private static DateTimeOffset Time(DateTime local, DateTimeOffset? known, TimeZoneInfo zone) =>
        known is { } kept && WallClock.Of(kept, zone) == local ? kept : WallClock.At(local, zone);
}
