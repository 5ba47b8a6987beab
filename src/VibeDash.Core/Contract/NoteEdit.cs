using VibeDash.Core.Notes;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Contract;

/// <summary>A note as a person wants it.</summary>
/// <param name="From">The instant, or the start of the span; event time.</param>
/// <param name="To">End of the span; null when it is an instant.</param>
/// <param name="Kind">What it says happened.</param>
/// <param name="Text">In the person's words; 1 to <see cref="Note.MaximumTextLength"/> characters.</param>
/// <param name="By">Who wants it; 1 to <see cref="AlertAction.MaximumNameLength"/> characters.</param>
public sealed record NoteEdit(DateTimeOffset From, DateTimeOffset? To, NoteKind Kind, string Text, string By)
{
    /// <summary>How far ahead of the server's clock a note may lie: work that is planned.</summary>
    public static readonly TimeSpan MaximumLead = TimeSpan.FromDays(366);

    /// <summary>When a note is changed: the version the person has seen. A change of another one is refused; null changes whichever there is.</summary>
    public int? Version { get; init; }

    /// <summary>What is wrong with it, in one sentence, and with which field; null when nothing is.</summary>
    /// <param name="now">The server's clock.</param>
    public (string Field, string Fault)? Fault(DateTimeOffset now) => this switch
    {
        _ when AlertAction.NameFault(By) is { } fault => ("by", fault),
        _ when string.IsNullOrWhiteSpace(Text) || Text.Length > Note.MaximumTextLength => ("text", $"The text must have 1 to {Note.MaximumTextLength} characters."),
        _ when Text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')) => ("text", "The text must not hold control characters."),
        _ when !Enum.IsDefined(Kind) => ("kind", $"The kind must be one of {string.Join(", ", Enum.GetNames<NoteKind>())}."),
        _ when !InBounds(From, now) => ("from", Bounds("The time")),
        { To: { } to } when !InBounds(to, now) => ("to", Bounds("The end")),
        { To: { } to } when to <= From => ("to", "The end must come after the start."),
        _ => null,
    };

    private static bool InBounds(DateTimeOffset time, DateTimeOffset now) => time >= VibrationEventParser.EarliestTimestamp && time <= now + MaximumLead;

    private static string Bounds(string what) => $"{what} must lie between {VibrationEventParser.EarliestTimestamp:yyyy-MM-dd} and a year from now.";
}
