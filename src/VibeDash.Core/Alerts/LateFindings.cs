namespace VibeDash.Core.Alerts;

/// <summary>The findings of one kind on readings some of which came late, by the times for which the condition held.</summary>
internal sealed class LateFindings
{
    /// <summary>Sorts findings.</summary>
    /// <param name="kind">The kind of those that are of interest.</param>
    /// <param name="findings">Findings in event-time order.</param>
    /// <param name="firstLate">What was over before this is as it was.</param>
    public LateFindings(ConditionKind kind, Finding[] findings, DateTimeOffset firstLate)
    {
        Kind = kind;
        Finding[] left = [.. findings.Where(finding => finding.Rule.Kind == kind)];
        while (Array.FindIndex(left, finding => finding.Kind == FindingKind.Ended) is >= 0 and var end)
        {
            if (left[end].At >= firstLate)
                Over.Add(left[..(end + 1)]);
            left = left[(end + 1)..];
        }

        Ongoing = left;
    }

    /// <summary>The kind.</summary>
    public ConditionKind Kind { get; }

    /// <summary>Of each time that is over, the findings up to the one that ended it; the first began it, unless it had begun before the first reading.</summary>
    public List<Finding[]> Over { get; } = [];

    /// <summary>The findings of the time that is not over; none when there is no such time, or when it had begun before the first reading.</summary>
    public Finding[] Ongoing { get; }
}
