using System.Text.Json.Serialization;

namespace VibeDash.Core.Contract;

/// <summary>The outcome of a posted event.</summary>
public enum EventOutcome
{
    /// <summary>The event is on disk and was evaluated (or, if late, only stored).</summary>
    [JsonStringEnumMemberName("stored")]
    Stored,

    /// <summary>The same event had been stored before, from any source; nothing changed.</summary>
    [JsonStringEnumMemberName("duplicate")]
    Duplicate,

    /// <summary>The event is invalid and cannot be stored; it became a dead letter.</summary>
    [JsonStringEnumMemberName("rejected")]
    Rejected,
}
