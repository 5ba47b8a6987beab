using System.Globalization;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;

namespace VibeDash.Client.Alerts;

/// <summary>The filter of the alert list, as in the page's address.</summary>
public sealed record AlertFilter : AlertCriteria
{
    /// <summary>Alerts on one page of the list.</summary>
    public const int PageSize = 50;

    /// <summary>True to show past alerts too.</summary>
    public bool ShowsAll { get; init; }

    /// <summary>True when it filters nothing.</summary>
    public bool IsEmpty => this with { ShowsAll = false } == new AlertFilter();

    /// <summary>Reads an address. Invalid values do not filter; a filter on the past shows all alerts.</summary>
    /// <param name="value">The value of a parameter of the address, or null.</param>
    public static AlertFilter Parse(Func<string, string?> value)
    {
        var filter = new AlertFilter
        {
            Severity = Named<Severity>(value("severity")),
            State = Named<AlertState>(value("state")),
            SensorId = Text(value("sensor")),
            Kind = Named<ConditionKind>(value("kind")),
            RuleId = int.TryParse(value("rule"), NumberStyles.None, CultureInfo.InvariantCulture, out var rule) ? rule : null,
            Place = Text(value("place")),
            Machine = Text(value("machine")),
            RaisedFrom = Time(value("raised")),
            From = Time(value("from")),
            To = Time(value("to")),
        };
        return filter with { ShowsAll = value("show") == "all" || filter.From is not null || filter.To is not null || filter.State == AlertState.Normal };
    }

    /// <summary>The query to the server.</summary>
    /// <param name="before">Only alerts with a lower id; null for the newest.</param>
    public AlertQuery Query(long? before) => new()
    {
        Severity = Severity, State = State, SensorId = SensorId, Kind = Kind, RuleId = RuleId, Place = Place, Machine = Machine, RaisedFrom = RaisedFrom, From = From, To = To,
        Before = before, Limit = PageSize,
    };

    private static T? Named<T>(string? text)
        where T : struct, Enum =>
        Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
