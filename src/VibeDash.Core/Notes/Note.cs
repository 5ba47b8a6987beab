using System.Text.Json.Serialization;

namespace VibeDash.Core.Notes;

/// <summary>A user's note in a sensor's history, e.g. "bearing replaced".</summary>
/// <param name="Id">Unique number.</param>
/// <param name="SensorId">The sensor.</param>
/// <param name="From">The instant, or the start of the span; event time.</param>
/// <param name="To">End of the span; null for an instant.</param>
/// <param name="Kind">Kind of the note.</param>
/// <param name="Text">Text; 1 to <see cref="MaximumTextLength"/> characters.</param>
/// <param name="By">The author.</param>
/// <param name="At">Server time of creation.</param>
public sealed record Note(long Id, string SensorId, DateTimeOffset From, DateTimeOffset? To, NoteKind Kind, string Text, string By, DateTimeOffset At)
{
    /// <summary>Maximum length of the text, in characters.</summary>
    public const int MaximumTextLength = 1000;

    /// <summary>Maximum number of notes per sensor.</summary>
    public const int MaximumPerSensor = 1000;

    /// <summary>1 when created; increases with each change.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The user of the last change; null when unchanged.</summary>
    public string? ChangedBy { get; init; }

    /// <summary>Server time of the last change; null when unchanged.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>The instant, or the end of the span: the noted event has happened from here on.</summary>
    [JsonIgnore]
    public DateTimeOffset End => To ?? From;
}
