using VibeDash.Core.Readings;

namespace VibeDash.Core.Contract;

/// <summary>The dead letters of one reason and topic.</summary>
/// <param name="Reason">Their reason.</param>
/// <param name="Topic">Their topic.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Replayable">How many of them can be replayed.</param>
/// <param name="FirstAt">When the oldest arrived.</param>
/// <param name="LastAt">When the newest arrived.</param>
/// <param name="LastId">Id of the newest.</param>
/// <param name="Detail">What is wrong with the newest.</param>
public sealed record DeadLetterGroup(
    RejectionReason Reason, string Topic, int Count, int Replayable, DateTimeOffset FirstAt, DateTimeOffset LastAt, long LastId, string Detail)
{
    /// <summary>Maximum number of groups in an answer: those with the newest arrivals.</summary>
    public const int MaximumGroups = 500;
}
