using System.Text.Json.Serialization;

namespace VibeDash.Core.Notes;

/// <summary>What a person marked in a sensor's history, for example "bearing replaced".</summary>
/// <param name="Id">Its number, unique.</param>
/// <param name="SensorId">The sensor.</param>
/// <param name="From">The instant, or the start of the span; event time.</param>
/// <param name="To">End of the span; null when it is an instant.</param>
/// <param name="Kind">What it says happened.</param>
/// <param name="Text">In the person's words; 1 to <see cref="MaximumTextLength"/> characters.</param>
/// <param name="By">Who wrote it.</param>
/// <param name="At">When it was written, by the server's clock.</param>
public sealed record Note(long Id, string SensorId, DateTimeOffset From, DateTimeOffset? To, NoteKind Kind, string Text, string By, DateTimeOffset At)
{
    /// <summary>Longest text.</summary>
    public const int MaximumTextLength = 1000;

    /// <summary>Most notes of one sensor.</summary>
    public const int MaximumPerSensor = 1000;

    /// <summary>1 as it was written first, one more with each change.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Who changed it last; null when nobody has.</summary>
    public string? ChangedBy { get; init; }

    /// <summary>When that was, by the server's clock; null when nobody has.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>The instant, or the end of the span: from here on what it says has happened.</summary>
    [JsonIgnore]
    public DateTimeOffset End => To ?? From;
}
