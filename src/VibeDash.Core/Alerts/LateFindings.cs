namespace VibeDash.Core.Alerts;

/// <summary>The findings of one kind in a re-evaluation, grouped by the times for which the condition held.</summary>
internal sealed class LateFindings
{
    /// <summary>Groups findings.</summary>
    /// <param name="kind">Kind of the findings to keep.</param>
    /// <param name="findings">Findings in event-time order.</param>
    /// <param name="firstLate">Event time of the first late-arriving reading: times that ended before it are unchanged.</param>
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

    /// <summary>For each ended time, its findings up to the one that ended it; the first one began it, unless it began before the first reading.</summary>
    public List<Finding[]> Over { get; } = [];

    /// <summary>Findings of the ongoing time; empty when there is none, or when it began before the first reading.</summary>
    public Finding[] Ongoing { get; }
}
