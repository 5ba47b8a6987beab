using VibeDash.Client.Live;

namespace VibeDash.Client.Trends;

/// <summary>A stretch of time a trend is shown for: of a fixed end, or one that ends now and moves on with the clock. Always valid.</summary>
public readonly record struct TrendPeriod
{
    /// <summary>The shortest: a second.</summary>
    public static readonly TimeSpan MinimumLength = TimeSpan.FromSeconds(1);

    /// <summary>The longest: about twenty years.</summary>
    public static readonly TimeSpan MaximumLength = TimeSpan.FromDays(7305);

    // What lies closer to now than this is meant to be now: the picture is a little older than the clock.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(3);

    // Beyond these nothing is measured, and sums of times would leave the calendar.
    private static readonly DateTimeOffset Earliest = new(1971, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Last = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TimeSpan _length;

    private TrendPeriod(TimeSpan length, DateTimeOffset? end)
    {
        _length = TimeSpan.FromMilliseconds(Math.Round(Math.Clamp(length.TotalMilliseconds, MinimumLength.TotalMilliseconds, MaximumLength.TotalMilliseconds)));
        End = end is { } fixedEnd ? Latest(fixedEnd < Last ? fixedEnd : Last, Earliest + _length) : null;
    }

    /// <summary>How long it is.</summary>
    public TimeSpan Length => _length > TimeSpan.Zero ? _length : TrendRange.Default.Length;

    /// <summary>Where it ends; null while it ends now.</summary>
    public DateTimeOffset? End { get; }

    /// <summary>True while it ends now.</summary>
    public bool IsLive => End is null;

    /// <summary>A period that ends now. A length that cannot be shown becomes the nearest that can.</summary>
    public static TrendPeriod Live(TimeSpan length) => new(Round(length), null);

    /// <summary>A period with a fixed end.</summary>
    public static TrendPeriod Until(DateTimeOffset end, TimeSpan length) => new(length, ToMilliseconds(end));

    /// <summary>From one time to another; in either order.</summary>
    public static TrendPeriod Between(DateTimeOffset from, DateTimeOffset to) => Until(Latest(from, to), (to - from).Duration());

    /// <summary>Where it ends.</summary>
    /// <param name="now">The server's clock.</param>
    public DateTimeOffset To(DateTimeOffset now) => End ?? now;

    /// <summary>Where it begins.</summary>
    /// <param name="now">The server's clock.</param>
    public DateTimeOffset From(DateTimeOffset now) => To(now) - Length;

    /// <summary>The period from one time to another, as a gesture on this one asked for: what reaches now, or beyond, ends now from then on.</summary>
    public TrendPeriod Moved(DateTimeOffset from, DateTimeOffset to, DateTimeOffset now)
    {
        var slack = TimeSpan.FromTicks(Math.Max(Slack.Ticks, Length.Ticks / 200));
        var length = (to - from).Duration();
        return Latest(from, to) > now - (length < slack ? TimeSpan.Zero : slack) ? Live(length) : Between(from, to);
    }

    /// <summary>This period longer or shorter about its middle; one that ends now goes on ending now.</summary>
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

    /// <summary>This period earlier or later by a part of its length.</summary>
    /// <param name="part">-0.5 is earlier by half.</param>
    /// <param name="now">The server's clock.</param>
    public TrendPeriod Panned(double part, DateTimeOffset now)
    {
        var to = To(now) + (Length * part);
        return Moved(to - Length, to, now);
    }

    /// <summary>This period as it lies now, for good.</summary>
    /// <param name="now">The server's clock.</param>
    public TrendPeriod Held(DateTimeOffset now) => Until(To(now), Length);

    /// <summary>The same as it is written in an address: name and value of each field.</summary>
    public IReadOnlyList<(string Name, string Value)> Fields() => End is { } end
        ? [("from", IsoTime.Of(end - Length)), ("to", IsoTime.Of(end))]
        : [("range", TrendDuration.Key(Length))];

    // What a gesture left of a length is no length anybody would name.
    private static TimeSpan Round(TimeSpan length)
    {
        var step = length.TotalHours >= 1 ? TimeSpan.FromMinutes(1) : length.TotalMinutes >= 1 ? TimeSpan.FromSeconds(1) : TimeSpan.FromMilliseconds(1);
        return step * Math.Round(length / step);
    }

    private static DateTimeOffset Latest(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static DateTimeOffset ToMilliseconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());
}
