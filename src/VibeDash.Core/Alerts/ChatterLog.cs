namespace VibeDash.Core.Alerts;

/// <summary>The latest raises of a sensor's alerts of one kind, with the extreme level between them. Not thread-safe.</summary>
/// <param name="limit">The chattering limit.</param>
internal sealed class ChatterLog(ChatteringLimit limit)
{
    private readonly List<Cycle> _cycles = [];
    private DateTimeOffset? _clearedAt;
    private double _farthest;

    /// <summary>Records that the condition ended.</summary>
    public void Cleared(DateTimeOffset at, double value) => (_clearedAt, _farthest) = (at, value);

    /// <summary>Tracks the level while the condition does not hold.</summary>
    /// <param name="value">The compared value.</param>
    /// <param name="isFalling">True when lower is worse.</param>
    public void Follow(double value, bool isFalling) => _farthest = isFalling ? Math.Max(_farthest, value) : Math.Min(_farthest, value);

    /// <summary>Records that the condition holds again.</summary>
    /// <returns>The chattering, or null.</returns>
    public Chattering? Raised(DateTimeOffset at, double threshold)
    {
        _cycles.RemoveAll(cycle => at - cycle.At > limit.Within);
        if (_cycles.Count == ChatteringLimit.MaximumCycles)
            _cycles.RemoveAt(0);
        _cycles.Add(_clearedAt is { } cleared ? new(at, Math.Abs(threshold - _farthest), at - cleared) : new(at, 0, TimeSpan.Zero));
        _clearedAt = null;
        return _cycles.Count < limit.Cycles ? null : new(_cycles.Count, _cycles.Skip(1).Max(cycle => cycle.Depth), _cycles.Skip(1).Max(cycle => cycle.Length));
    }

    private readonly record struct Cycle(DateTimeOffset At, double Depth, TimeSpan Length);
}
