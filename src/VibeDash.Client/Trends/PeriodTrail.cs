namespace VibeDash.Client.Trends;

/// <summary>The way back: the periods shown before the one that is shown, the newest <see cref="MaximumSteps"/> of them. Not thread-safe.</summary>
public sealed class PeriodTrail
{
    /// <summary>How many steps lead back.</summary>
    public const int MaximumSteps = 50;

    private readonly List<TrendPeriod> _before = [];

    /// <summary>The period shown before; null when there is none.</summary>
    public TrendPeriod? Last => _before.Count > 0 ? _before[^1] : null;

    /// <summary>One period is shown in place of another.</summary>
    public void Move(TrendPeriod from, TrendPeriod to)
    {
        // Whoever goes back, be it by the browser's own button, does not go forth.
        if (Last == to)
        {
            _before.RemoveAt(_before.Count - 1);
            return;
        }

        _before.Add(from);
        if (_before.Count > MaximumSteps)
            _before.RemoveAt(0);
    }

    /// <summary>Forgets the way.</summary>
    public void Clear() => _before.Clear();
}
