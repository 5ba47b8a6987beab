using VibeDash.Core.Readings;

namespace VibeDash.Core.Contract;

/// <summary>The dead letters with one reason and topic.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Topic">The topic.</param>
/// <param name="Count">Number of dead letters.</param>
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
}
