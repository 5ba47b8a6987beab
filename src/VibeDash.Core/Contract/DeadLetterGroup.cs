using System.Text.Json.Serialization;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Contract;

/// <summary>The dead letters with one reason and topic.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Topic">The topic.</param>
/// <param name="Count">Number of dead letters that are kept.</param>
/// <param name="Replayable">Number of dead letters that can be replayed.</param>
/// <param name="FirstAt">Arrival of the oldest.</param>
/// <param name="LastAt">Arrival of the newest.</param>
/// <param name="LastId">Id of the newest.</param>
/// <param name="Detail">Description of the faults of the newest.</param>
public sealed record DeadLetterGroup(
    RejectionReason Reason, string Topic, int Count, int Replayable, DateTimeOffset FirstAt, DateTimeOffset LastAt, long LastId, string Detail)
{
    /// <summary>Maximum number of groups in an answer: those with the newest arrivals.</summary>
    public const int MaximumGroups = 500;

    /// <summary>Number of earlier messages that are not kept any more: <see cref="DeadLetter.MaximumKeptOfGroup"/>. 0 when the selection is limited in time or to a source.</summary>
    public long Dropped { get; init; }

    /// <summary>Number of messages, those that are not kept any more included.</summary>
    [JsonIgnore]
    public long Total => Count + Dropped;
}
