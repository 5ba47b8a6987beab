namespace VibeDash.Core.Alerts;

/// <summary>
/// How many of the latest levels are the same: all of them, not only neighbours, lie within the tolerance of each other, so that a slow drift is no
/// standstill. It depends on the latest <paramref name="kept"/> + 1 levels only, however many were added before. Not thread-safe.
/// </summary>
/// <param name="kept">Maximum count.</param>
/// <param name="tolerance">How far they may differ; NaN for one unit of the last digit that any of them shows.</param>
/// <param name="isRelative">True when the tolerance is in per cent of the largest of them.</param>
internal sealed class LevelRow(int kept, double tolerance, bool isRelative)
{
    private readonly double[] _levels = new double[kept];

    // The finest digit is the sender's: 3.270 is sent as 3.27.
    private readonly double[] _tolerances = new double[kept];
    private int _next, _known, _length;

    /// <summary>Adds a level.</summary>
    /// <returns>How often it came in a row, at least 1; 1 for a level that ends the row before it, even if it is close to the latest of them.</returns>
    public int Add(double level)
    {
        var digit = LastDigit.Of(level, out var shown);
        (_levels[_next], _tolerances[_next]) = (shown, double.IsNaN(tolerance) ? digit : tolerance);
        var (lowest, highest, finest) = (shown, shown, _tolerances[_next]);
        _known = Math.Min(_known + 1, kept);
        var length = 1;
        for (var at = _next; length < _known; length++)
        {
            at = at == 0 ? kept - 1 : at - 1;
            (lowest, highest, finest) = (Math.Min(lowest, _levels[at]), Math.Max(highest, _levels[at]), Math.Min(finest, _tolerances[at]));
            var largest = Math.Max(highest, -lowest);
            if (highest - lowest > (isRelative ? finest / 100 * largest : finest) + LastDigit.Slack(largest))
                break;
        }

        _next = (_next + 1) % kept;
        var isLonger = length == Math.Min(_length + 1, kept);
        _length = length;
        return isLonger ? length : 1;
    }

    /// <summary>Forgets all levels.</summary>
    public void Clear() => (_known, _length) = (0, 0);
}
