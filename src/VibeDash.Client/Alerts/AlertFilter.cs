using System.Globalization;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;

namespace VibeDash.Client.Alerts;

/// <summary>The filter of the alert list, as in the page's address.</summary>
/// <param name="Severity">Only of this severity, or null.</param>
/// <param name="State">Only in this state, or null.</param>
/// <param name="SensorId">Only of this sensor, or null.</param>
/// <param name="From">Only those open at or after this time, or null.</param>
/// <param name="To">Only those raised at or before this time, or null.</param>
/// <param name="ShowsAll">True to show past alerts too.</param>
public sealed record AlertFilter(Severity? Severity, AlertState? State, string? SensorId, DateTimeOffset? From, DateTimeOffset? To, bool ShowsAll)
{
    /// <summary>Alerts on one page of the list.</summary>
    public const int PageSize = 50;

    /// <summary>Reads an address. Invalid values do not filter; a filter on the past shows all alerts.</summary>
    public static AlertFilter Parse(string? severity, string? state, string? sensor, string? from, string? to, string? show) => new(
        Named<Severity>(severity), Named<AlertState>(state), string.IsNullOrWhiteSpace(sensor) ? null : sensor.Trim(), Time(from), Time(to),
        show == "all" || Time(from) is not null || Time(to) is not null || Named<AlertState>(state) == AlertState.Normal);

    /// <summary>True when it filters nothing.</summary>
    public bool IsEmpty => this is { Severity: null, State: null, SensorId: null, From: null, To: null };

    /// <summary>The query to the server.</summary>
    /// <param name="before">Only alerts with a lower id; null for the newest.</param>
    public AlertQuery Query(long? before) => new()
    {
        Severity = Severity, State = State, SensorId = SensorId, From = From, To = To, Before = before, Limit = PageSize,
    };

    /// <summary>True when <paramref name="alert"/> matches; for alerts that change while the list is shown.</summary>
    public bool Passes(Alert alert) =>
        (Severity is null || alert.Severity == Severity)
        && (State is null || alert.State == State)
        && (SensorId is null || alert.SensorId == SensorId)
        && (From is null || alert.EndedAt is null || alert.EndedAt >= From)
        && (To is null || alert.RaisedAt is null || alert.RaisedAt <= To);

    private static T? Named<T>(string? text)
        where T : struct, Enum =>
        Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
