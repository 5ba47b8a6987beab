using System.Text.Json.Serialization;

namespace VibeDash.Core.Contract;

/// <summary>What became of a posted event.</summary>
public enum EventOutcome
{
    /// <summary>It is on disk and was evaluated (or was late, and is only stored).</summary>
    [JsonStringEnumMemberName("stored")]
    Stored,

    /// <summary>The same event was stored before, from whichever source; nothing changed.</summary>
    [JsonStringEnumMemberName("duplicate")]
    Duplicate,

    /// <summary>It is no event that can be stored; it is among the dead letters.</summary>
    [JsonStringEnumMemberName("rejected")]
    Rejected,
}
