using VibeDash.Core.Faults;
using VibeDash.Core.Notes;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Contract;

/// <summary>The content of a note, as entered by a person.</summary>
/// <param name="From">The instant, or the start of the span, in event time.</param>
/// <param name="To">End of the span; null for an instant.</param>
/// <param name="Kind">The kind of occurrence.</param>
/// <param name="Text">The text, 1 to <see cref="Note.MaximumTextLength"/> characters.</param>
public sealed record NoteEdit(DateTimeOffset From, DateTimeOffset? To, NoteKind Kind, string Text)
{
    /// <summary>Maximum time of a note ahead of the server's clock, for planned work.</summary>
    public static readonly TimeSpan MaximumLead = TimeSpan.FromDays(366);

    /// <summary>For a change: the version the person has seen. A change of any other version is refused; null changes the current version.</summary>
    public int? Version { get; init; }

    /// <summary>The first fault; null when there is none.</summary>
    /// <param name="now">The server's clock.</param>
    public FieldFault? Fault(DateTimeOffset now) => this switch
    {
        _ when string.IsNullOrWhiteSpace(Text) || Text.Length > Note.MaximumTextLength => FieldFault.Of("text", FaultCode.NoteTextLength, Note.MaximumTextLength),
        _ when PlainText.HasControlInLines(Text) => FieldFault.Of("text", FaultCode.NoteTextControl),
        _ when !Enum.IsDefined(Kind) => new("kind", FaultCode.NoteKindUnknown, Enum.GetNames<NoteKind>()),
        _ when !InBounds(From, now) => FieldFault.Of("from", FaultCode.NoteTimeOutOfRange, Earliest),
        { To: { } to } when !InBounds(to, now) => FieldFault.Of("to", FaultCode.NoteEndOutOfRange, Earliest),
        { To: { } to } when to <= From => FieldFault.Of("to", FaultCode.EndNotAfterStart),
        _ => null,
    };

    private static DateOnly Earliest => DateOnly.FromDateTime(VibrationEventParser.EarliestTimestamp.UtcDateTime);

    private static bool InBounds(DateTimeOffset time, DateTimeOffset now) => time >= VibrationEventParser.EarliestTimestamp && time <= now + MaximumLead;
}
