using System.Globalization;
using VibeDash.Core.Trends;

namespace VibeDash.Client.Trends;

/// <summary>The view of a trend. It is part of the page's address, so that a link reopens the same view.</summary>
/// <param name="SensorId">The sensor of the page.</param>
/// <param name="Period">The period.</param>
public sealed record TrendView(string SensorId, TrendPeriod Period)
{
    /// <summary>The sensors it is compared with: distinct, without itself, at most seven.</summary>
    public IReadOnlyList<string> Others { get; private init; } = [];

    /// <summary>True for one chart per sensor, false for one chart with all sensors.</summary>
    public bool Stacked { get; init; }

    /// <summary>The earlier period drawn behind it.</summary>
    public TrendGhost Ghost { get; init; }

    /// <summary>True to show times in UTC, false in local time.</summary>
    public bool Utc { get; init; }

    /// <summary>Time zone of the shown times.</summary>
    /// <param name="local">The local time zone.</param>
    public TimeZoneInfo Zone(TimeZoneInfo local) => Utc ? TimeZoneInfo.Utc : local;

    /// <summary>The sensor and those it is compared with.</summary>
    public IReadOnlyList<string> SensorIds => [SensorId, .. Others];

    /// <summary>Address of this view, relative to the site.</summary>
    public string Address
    {
        get
        {
            (string Name, string Value)[] fields =
            [
                .. Period.Fields(),
                .. Others.Select(other => ("with", other)),
                .. Stacked ? [("layout", "stacked")] : Array.Empty<(string, string)>(),
                .. Ghost != TrendGhost.None ? [("earlier", Ghost.AddressKey())] : Array.Empty<(string, string)>(),
                .. Utc ? [("zone", "utc")] : Array.Empty<(string, string)>(),
            ];
            return $"sensors/{Uri.EscapeDataString(SensorId)}?{string.Join('&', fields.Select(one => $"{one.Name}={Uri.EscapeDataString(one.Value)}"))}";
        }
    }

    /// <summary>Reads the fields of an address. Invalid values are ignored.</summary>
    /// <param name="sensorId">The sensor.</param>
    /// <param name="range">A length, such as <c>1h</c>.</param>
    /// <param name="from">Start, ISO 8601.</param>
    /// <param name="to">End, ISO 8601; null when it ends now.</param>
    /// <param name="others">The sensors to compare with.</param>
    /// <param name="layout"><c>stacked</c>, or anything else.</param>
    /// <param name="earlier"><c>day</c>, <c>week</c>, <c>month</c>, or anything else.</param>
    /// <param name="zone"><c>utc</c>, or anything else.</param>
    public static TrendView Of(
        string sensorId, string? range, string? from, string? to, IEnumerable<string>? others, string? layout, string? earlier, string? zone) =>
        new TrendView(sensorId, PeriodOf(TrendDuration.Parse(range) ?? TrendRange.Default.Length, Time(from), Time(to)))
        {
            Stacked = layout == "stacked",
            Ghost = TrendGhosts.Of(earlier),
            Utc = zone == "utc",
        }.With(others ?? []);

    /// <summary>This view with another period.</summary>
    public TrendView At(TrendPeriod period) => this with { Period = period };

    /// <summary>This view with other sensors to compare with. Sensors beyond the maximum are left out.</summary>
    public TrendView With(IEnumerable<string> others) => this with
    {
        Others =
        [
            .. others.Where(other => !string.IsNullOrWhiteSpace(other) && other != SensorId).Distinct(StringComparer.Ordinal).Take(TrendHistory.MaximumSensors - 1),
        ],
    };

    private static TrendPeriod PeriodOf(TimeSpan length, DateTimeOffset? from, DateTimeOffset? to) => (from, to) switch
    {
        ({ } start, { } end) => TrendPeriod.Between(start, end),
        (null, { } end) => TrendPeriod.Until(end, length),
        _ => TrendPeriod.Live(length),
    };

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
