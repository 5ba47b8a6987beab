namespace VibeDash.Core.Alerts;

/// <summary>The verdicts of one kind on readings some of which came late, by the times for which the condition held.</summary>
internal sealed class LateVerdicts
{
    /// <summary>Sorts verdicts.</summary>
    /// <param name="kind">The kind of those that are of interest.</param>
    /// <param name="verdicts">Verdicts in event-time order.</param>
    /// <param name="firstLate">What was over before this is as it was.</param>
    public LateVerdicts(ConditionKind kind, Verdict[] verdicts, DateTimeOffset firstLate)
    {
        Kind = kind;
        Verdict[] left = [.. verdicts.Where(verdict => verdict.Rule.Kind == kind)];
        while (Array.FindIndex(left, verdict => verdict.Kind == VerdictKind.Ended) is >= 0 and var end)
        {
            if (left[end].At >= firstLate)
                Over.Add(left[..(end + 1)]);
            left = left[(end + 1)..];
        }

        Ongoing = left;
    }

    /// <summary>The kind.</summary>
    public ConditionKind Kind { get; }

    /// <summary>Of each time that is over, the verdicts up to the one that ended it; the first began it, unless it had begun before the first reading.</summary>
    public List<Verdict[]> Over { get; } = [];

    /// <summary>The verdicts of the time that is not over; none when there is no such time, or when it had begun before the first reading.</summary>
    public Verdict[] Ongoing { get; }
}
