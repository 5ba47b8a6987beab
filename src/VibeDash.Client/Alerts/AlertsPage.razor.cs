using Microsoft.AspNetCore.Components;
using VibeDash.Client.Live;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;

namespace VibeDash.Client.Alerts;

/// <summary>
/// Alerts. Open alerts come from <see cref="LiveFleet"/>, most urgent first. The list of all alerts is fetched page by page, newest first.
/// </summary>
public sealed partial class AlertsPage : LiveComponent
{
    private readonly AlertSelection _selection = new();
    private AlertFilter _filter = new();
    private AlertList _list = new(new AlertFilter(), _ => "");
    private LiveQuery<(long? Before, AlertPage Page)>? _query;
    private IDisposable? _keeping;
    private long? _before;
    private bool _loaded;
    private int _maximumShown = AlertFilter.PageSize;
    private int _hidden;

    /// <summary>Severity, by name.</summary>
    [SupplyParameterFromQuery(Name = "severity")]
    public string? Severity { get; set; }

    /// <summary>State, by name.</summary>
    [SupplyParameterFromQuery(Name = "state")]
    public string? State { get; set; }

    /// <summary>Sensor id.</summary>
    [SupplyParameterFromQuery(Name = "sensor")]
    public string? Sensor { get; set; }

    /// <summary>Kind of condition, by name.</summary>
    [SupplyParameterFromQuery(Name = "kind")]
    public string? Kind { get; set; }

    /// <summary>Number of a rule.</summary>
    [SupplyParameterFromQuery(Name = "rule")]
    public string? Rule { get; set; }

    /// <summary>A place.</summary>
    [SupplyParameterFromQuery(Name = "place")]
    public string? Place { get; set; }

    /// <summary>A machine, by its full location.</summary>
    [SupplyParameterFromQuery(Name = "machine")]
    public string? Machine { get; set; }

    /// <summary>Only alerts raised at or after this time, ISO 8601.</summary>
    [SupplyParameterFromQuery(Name = "raised")]
    public string? Raised { get; set; }

    /// <summary>Only alerts open at or after this time, ISO 8601.</summary>
    [SupplyParameterFromQuery(Name = "from")]
    public string? From { get; set; }

    /// <summary>Only alerts raised at or before this time, ISO 8601.</summary>
    [SupplyParameterFromQuery(Name = "to")]
    public string? To { get; set; }

    /// <summary><c>all</c> to show past alerts too.</summary>
    [SupplyParameterFromQuery(Name = "show")]
    public string? Show { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private AlertActions Actions { get; set; } = null!;

    [Inject]
    private IAlertApi Api { get; set; } = null!;

    [Inject]
    private ILiveFeed Feed { get; set; } = null!;

    [Inject]
    private PrerenderedState Prerendered { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        base.OnInitialized();
        _selection.Changed += Redraw;
        Fleet.AlertsChanged += Redraw;
        Actions.Done += OnDone;
        if (!RendererInfo.IsInteractive)
            _keeping = Prerendered.Keep("alerts", () => _loaded ? new AlertPage([.. _list.Items], _list.More) : null, DashboardJson.Default.AlertPage);
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        var filter = AlertFilter.Parse(Value);
        if (filter == _filter && (_query is not null || !filter.ShowsAll))
            return;
        if (filter != _filter)
            _selection.Clear();
        _query?.Dispose();
        (_filter, _maximumShown, _query, _before) = (filter, AlertFilter.PageSize, null, null);
        if (!filter.ShowsAll)
            return;

        _list = new AlertList(filter, LocationOf);
        _loaded = Prerendered.TryTake("alerts", DashboardJson.Default.AlertPage, out var kept);
        if (kept is not null)
            _list.Replace(kept);
        _query = new(Time, FetchAsync, Take, Redraw);
        await _query.StartAsync(
            Feed,
            new LiveHandlers { AlertsChanged = changes => _ = InvokeAsync(() => Apply([.. changes.Select(change => change.Alert)])) },
            prerendering: !RendererInfo.IsInteractive);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        Fleet.AlertsChanged -= Redraw;
        Actions.Done -= OnDone;
        _keeping?.Dispose();
        _query?.Dispose();
        base.Dispose(disposing);
    }

    // Null before the data has come.
    private IReadOnlyList<Alert>? Shown
    {
        get
        {
            IReadOnlyList<Alert>? shown = _filter.ShowsAll
                ? _loaded ? _list.Items : null
                : Fleet.View?.AlertsByUrgency().Where(Passes).ToList();
            _hidden = _filter.ShowsAll ? 0 : Math.Max(0, (shown?.Count ?? 0) - _maximumShown);
            if (_hidden > 0)
                shown = [.. shown!.Take(_maximumShown)];
            _selection.KeepOnly(shown ?? []);
            return shown;
        }
    }

    // Those of all that match, not only of those shown.
    private List<Alert> Asking => Fleet.View is { } view ? [.. view.AlertsByUrgency().Where(alert => alert.IsUnacknowledged && Passes(alert))] : [];

    private bool Passes(Alert alert) => _filter.Passes(alert, LocationOf(alert.SensorId));

    private string LocationOf(string sensorId) => Fleet.View?.Sensor(sensorId)?.Facts.Location ?? "";

    private string? Value(string name) => name switch
    {
        "severity" => Severity,
        "state" => State,
        "sensor" => Sensor,
        "kind" => Kind,
        "rule" => Rule,
        "place" => Place,
        "machine" => Machine,
        "raised" => Raised,
        "from" => From,
        "to" => To,
        _ => Show,
    };

    // Both at one moment: what the person sees, and up to where.
    private void AcknowledgeAll()
    {
        if (Fleet.View is { } view)
            Actions.RequestAll(_filter, view.JournalPosition, Asking);
    }

    private void Older()
    {
        _before = _list.Before;
        _ = _query!.RunAsync();
    }

    private async Task<(long? Before, AlertPage Page)> FetchAsync(CancellationToken cancellationToken)
    {
        var before = _before;
        return (before, await Api.GetAlertsAsync(_filter.Query(before), cancellationToken));
    }

    private void Take((long? Before, AlertPage Page) fetched)
    {
        if (fetched.Before is null)
            _list.Replace(fetched.Page);
        else
            _list.Append(fetched.Page);
        (_before, _loaded) = (null, true);
    }

    private void OnDone(IReadOnlyList<Alert> alerts) => _ = InvokeAsync(() =>
    {
        if (alerts.Count > 0)
            Apply(alerts);
        else
            _ = _query?.RunAsync();
    });

    private void Redraw() => _ = InvokeAsync(StateHasChanged);

    private string Address(bool all) => Navigation.GetUriWithQueryParameters(all
        ? new Dictionary<string, object?> { ["show"] = "all" }
        : new Dictionary<string, object?> { ["show"] = null, ["from"] = null, ["to"] = null, ["state"] = _filter.State == AlertState.Normal ? null : State });

    private void Apply(IReadOnlyList<Alert> changes)
    {
        if (_query is null)
            return;
        _query.Merge(() =>
        {
            _list.Apply(changes);
            return true;
        });
        StateHasChanged();
    }
}
