using Microsoft.AspNetCore.Components;
using VibeDash.Client.Live;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;

namespace VibeDash.Client.Alerts;

/// <summary>
/// Alerts. The open ones are those of the live picture, the most urgent first. All of them are fetched, the newest first: hears changes first, then
/// fetches, then applies what came meanwhile.
/// </summary>
public sealed partial class AlertsPage : LiveComponent
{
    private readonly List<IReadOnlyList<Alert>> _sinceFetch = [];
    private readonly AlertSelection _selection = new();
    private AlertFilter _filter = AlertFilter.Parse(null, null, null, null, null, null);
    private AlertList _list = new(AlertFilter.Parse(null, null, null, null, null, null));
    private IDisposable? _subscription;
    private IDisposable? _keeping;
    private CancellationTokenSource _fetch = new();
    private string? _fault;
    private bool _loaded;
    private bool _fetching;
    private int _most = AlertFilter.PageSize;
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

    /// <summary>Open at or after, ISO 8601.</summary>
    [SupplyParameterFromQuery(Name = "from")]
    public string? From { get; set; }

    /// <summary>Raised at or before, ISO 8601.</summary>
    [SupplyParameterFromQuery(Name = "to")]
    public string? To { get; set; }

    /// <summary><c>all</c> to show those that are over as well.</summary>
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

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        base.OnInitialized();
        _selection.Changed += Redraw;
        Fleet.AlertsChanged += Redraw;
        Actions.Done += OnDone;
        if (!RendererInfo.IsInteractive)
        {
            _keeping = Prerendered.Keep("alerts", () => _loaded ? new AlertPage([.. _list.Items], _list.More) : null, DashboardJson.Default.AlertPage);
            return;
        }

        _subscription = Feed.Subscribe(new LiveHandlers
        {
            AlertsChanged = changes => _ = InvokeAsync(() => Apply([.. changes.Select(change => change.Alert)])),
            ConnectionChanged = connection => _ = InvokeAsync(() => connection == LiveConnection.Connected && _filter.ShowsAll ? ReloadAsync() : Task.CompletedTask),
        });
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        var filter = AlertFilter.Parse(Severity, State, Sensor, From, To, Show);
        if (filter == _filter && (_loaded || !filter.ShowsAll))
            return;
        if (filter != _filter)
            _selection.Clear();
        (_filter, _most) = (filter, AlertFilter.PageSize);
        if (!filter.ShowsAll)
            return;
        _list = new AlertList(filter);
        _loaded = Prerendered.TryTake("alerts", DashboardJson.Default.AlertPage, out var kept);
        if (kept is not null)
            _list.Replace(kept);
        await ReloadAsync();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        Fleet.AlertsChanged -= Redraw;
        Actions.Done -= OnDone;
        _subscription?.Dispose();
        _keeping?.Dispose();
        _fetch.Cancel();
        _fetch.Dispose();
        base.Dispose(disposing);
    }

    // Null while there is nothing to show it from.
    private IReadOnlyList<Alert>? Shown
    {
        get
        {
            IReadOnlyList<Alert>? shown = _filter.ShowsAll
                ? _loaded ? _list.Items : null
                : Fleet.View?.AlertsByUrgency().Where(_filter.Passes).ToList();
            _hidden = _filter.ShowsAll ? 0 : Math.Max(0, (shown?.Count ?? 0) - _most);
            if (_hidden > 0)
                shown = [.. shown!.Take(_most)];
            _selection.KeepOnly(shown ?? []);
            return shown;
        }
    }

    private Task ReloadAsync() => FetchAsync(before: null);

    private Task OlderAsync() => FetchAsync(_list.Before);

    private async Task FetchAsync(long? before)
    {
        // A new question makes the answer to the last one worthless.
        await _fetch.CancelAsync();
        _fetch.Dispose();
        _fetch = new CancellationTokenSource();
        var (list, cancellation) = (_list, _fetch.Token);
        _sinceFetch.Clear();
        _fetching = true;
        try
        {
            var page = await Api.GetAlertsAsync(_filter.Query(before), cancellation);
            if (cancellation.IsCancellationRequested)
                return;
            if (before is null)
                list.Replace(page);
            else
                list.Append(page);
            foreach (var changes in _sinceFetch)
                list.Apply(changes);
            (_fault, _loaded) = (null, true);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (HttpRequestException e)
        {
            _fault = e.Message;
        }

        _fetching = false;
        StateHasChanged();
    }

    private void OnDone(IReadOnlyList<Alert> alerts) => _ = InvokeAsync(() => Apply(alerts));

    private void Redraw() => _ = InvokeAsync(StateHasChanged);

    private string Address(bool all) => Navigation.GetUriWithQueryParameters(all
        ? new Dictionary<string, object?> { ["show"] = "all" }
        : new Dictionary<string, object?> { ["show"] = null, ["from"] = null, ["to"] = null, ["state"] = _filter.State == AlertState.Normal ? null : State });

    private void Apply(IReadOnlyList<Alert> changes)
    {
        if (!_filter.ShowsAll)
            return;
        if (_fetching)
            _sinceFetch.Add(changes);
        _list.Apply(changes);
        StateHasChanged();
    }
}
