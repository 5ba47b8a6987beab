namespace VibeDash.Core.Alerts;

/// <summary>
/// Consecutive latest readings beyond a tier's threshold, and at its recovery threshold or better. Depends only on the readings and the rule: it is
/// recounted after a restart and never stored.
/// </summary>
internal struct TierRun
{
    private int _over, _under;

    /// <summary>Event time of the first consecutive reading beyond the threshold, in UTC ticks.</summary>
    public long OverSince { get; private set; }

    /// <summary>Event time of the first consecutive reading at the recovery threshold or better, in UTC ticks.</summary>
    public long UnderSince { get; private set; }

    /// <summary>Counts a reading.</summary>
    /// <param name="over">True when it is beyond the threshold.</param>
    /// <param name="under">True when it has recovered.</param>
    /// <param name="ticks">Its event time, in UTC ticks.</param>
    public void Count(bool over, bool under, long ticks)
    {
        if (!over)
            _over = 0;
        else if (_over++ == 0)
            OverSince = ticks;

        if (!under)
            _under = 0;
        else if (_under++ == 0)
            UnderSince = ticks;

        // Saturates far above the maximum of any rule.
        _over = Math.Min(_over, int.MaxValue - 1);
        _under = Math.Min(_under, int.MaxValue - 1);
    }

    /// <summary>True when the condition has held for long enough.</summary>
    public readonly bool Held(int readings, long duration, long ticks) => _over >= readings && ticks - OverSince >= duration;

    /// <summary>True when it has been absent for long enough.</summary>
    public readonly bool Recovered(int readings, long duration, long ticks) => _under >= readings && ticks - UnderSince >= duration;
}
