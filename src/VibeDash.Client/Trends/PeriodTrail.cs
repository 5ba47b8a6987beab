namespace VibeDash.Client.Trends;

/// <summary>The periods shown before the current one, at most <see cref="MaximumSteps"/>. Not thread-safe.</summary>
public sealed class PeriodTrail
{
    /// <summary>Maximum number of periods.</summary>
    public const int MaximumSteps = 50;

    private readonly List<TrendPeriod> _before = [];

    /// <summary>The previous period; null for none.</summary>
    public TrendPeriod? Last => _before.Count > 0 ? _before[^1] : null;

    /// <summary>Records the change from one period to another.</summary>
    public void Move(TrendPeriod from, TrendPeriod to)
    {
        // Going back, also by the browser's own button, removes a step.
        if (Last == to)
        {
            _before.RemoveAt(_before.Count - 1);
            return;
        }

        _before.Add(from);
        if (_before.Count > MaximumSteps)
            _before.RemoveAt(0);
    }

    /// <summary>Removes all periods.</summary>
    public void Clear() => _before.Clear();
}
