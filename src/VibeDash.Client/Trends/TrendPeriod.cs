using VibeDash.Client.Live;

namespace VibeDash.Client.Trends;

/// <summary>The period of a trend: with a fixed end, or ending now and moving with the clock. Always valid.</summary>
public readonly record struct TrendPeriod
{
    /// <summary>Minimum length: a second.</summary>
    public static readonly TimeSpan MinimumLength = TimeSpan.FromSeconds(1);

    /// <summary>Maximum length: about twenty years.</summary>
    public static readonly TimeSpan MaximumLength = TimeSpan.FromDays(7305);

    // An end closer to now than this means now: the chart is a little older than the clock.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(3);

    // No readings lie beyond these times, and sums of times stay within the calendar.
    private static readonly DateTimeOffset Earliest = new(1971, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Last = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TimeSpan _length;

    private TrendPeriod(TimeSpan length, DateTimeOffset? end)
    {
        _length = TimeSpan.FromMilliseconds(Math.Round(Math.Clamp(length.TotalMilliseconds, MinimumLength.TotalMilliseconds, MaximumLength.TotalMilliseconds)));
        End = end is { } fixedEnd ? Latest(fixedEnd < Last ? fixedEnd : Last, Earliest + _length) : null;
    }

    /// <summary>Length.</summary>
    public TimeSpan Length => _length > TimeSpan.Zero ? _length : TrendRange.Default.Length;

    /// <summary>Fixed end; null when it ends now.</summary>
    public DateTimeOffset? End { get; }

    /// <summary>True when it ends now.</summary>
    public bool IsLive => End is null;

    /// <summary>A period that ends now. An invalid length becomes the nearest valid one.</summary>
    public static TrendPeriod Live(TimeSpan length) => new(Round(length), null);

    /// <summary>A period with a fixed end.</summary>
    public static TrendPeriod Until(DateTimeOffset end, TimeSpan length) => new(length, ToMilliseconds(end));

    /// <summary>The period between two times, in either order.</summary>
    public static TrendPeriod Between(DateTimeOffset from, DateTimeOffset to) => Until(Latest(from, to), (to - from).Duration());

    /// <summary>End.</summary>
    /// <param name="now">The server's clock.</param>
    public DateTimeOffset To(DateTimeOffset now) => End ?? now;

    /// <summary>Start.</summary>
    /// <param name="now">The server's clock.</param>
    public DateTimeOffset From(DateTimeOffset now) => To(now) - Length;

    /// <summary>The period a gesture on this one requests. A period that reaches now, or beyond, becomes one that ends now.</summary>
    public TrendPeriod Moved(DateTimeOffset from, DateTimeOffset to, DateTimeOffset now)
    {
        var slack = TimeSpan.FromTicks(Math.Max(Slack.Ticks, Length.Ticks / 200));
        var length = (to - from).Duration();
        return Latest(from, to) > now - (length < slack ? TimeSpan.Zero : slack) ? Live(length) : Between(from, to);
    }

    /// <summary>This period, longer or shorter around its middle. A period that ends now keeps ending now.</summary>
    /// <param name="factor">2 is twice as long.</param>
    /// <param name="now">The server's clock.</param>
    public TrendPeriod Zoomed(double factor, DateTimeOffset now)
    {
        var length = TimeSpan.FromMilliseconds(Math.Clamp(Length.TotalMilliseconds * factor, MinimumLength.TotalMilliseconds, MaximumLength.TotalMilliseconds));
        if (End is not { } end)
            return Live(length);
        var to = end + ((length - Length) / 2);
        return Moved(to - length, to, now);
    }

    /// <summary>This period, moved by a part of its length.</summary>
    /// <param name="part">-0.5 is half a length earlier.</param>
    /// <param name="now">The server's clock.</param>
    public TrendPeriod Panned(double part, DateTimeOffset now)
    {
        var to = To(now) + (Length * part);
        return Moved(to - Length, to, now);
    }

    /// <summary>This period with its current end as a fixed end.</summary>
    /// <param name="now">The server's clock.</param>
    public TrendPeriod Held(DateTimeOffset now) => Until(To(now), Length);

    /// <summary>Name and value of its fields in an address.</summary>
    public IReadOnlyList<(string Name, string Value)> Fields() => End is { } end
        ? [("from", IsoTime.Of(end - Length)), ("to", IsoTime.Of(end))]
        : [("range", TrendDuration.Key(Length))];

    // A gesture leaves odd lengths; rounded ones read better.
    private static TimeSpan Round(TimeSpan length)
    {
        var step = length.TotalHours >= 1 ? TimeSpan.FromMinutes(1) : length.TotalMinutes >= 1 ? TimeSpan.FromSeconds(1) : TimeSpan.FromMilliseconds(1);
        return step * Math.Round(length / step);
    }

    private static DateTimeOffset Latest(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static DateTimeOffset ToMilliseconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());
}
