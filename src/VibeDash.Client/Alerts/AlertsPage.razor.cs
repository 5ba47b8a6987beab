using Microsoft.AspNetCore.Components;
using VibeDash.Client.Live;
using VibeDash.Core.Alerts;
using VibeDash.Core.Live;

namespace VibeDash.Client.Alerts;

/// <summary>Alerts, active and past. Hears changes first, then fetches, then applies what came meanwhile.</summary>
public sealed partial class AlertsPage : LiveComponent
{
    private readonly List<AlertChange[]> _sinceFetch = [];
    private AlertFilter _filter = new(null, null, null, null, null);
    private AlertList _list = new(new(null, null, null, null, null));
    private IDisposable? _subscription;
    private IDisposable? _keeping;
    private CancellationTokenSource _fetch = new();
    private string? _fault;
    private bool _loaded;
    private bool _fetching;

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

    [Inject]
    private IDashboardApi Api { get; set; } = null!;

    [Inject]
    private ILiveFeed Feed { get; set; } = null!;

    [Inject]
    private PrerenderedState Prerendered { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        base.OnInitialized();
        if (!RendererInfo.IsInteractive)
        {
            _keeping = Prerendered.Keep("alerts", () => _loaded ? new AlertPage([.. _list.Items], _list.More) : null, DashboardJson.Default.AlertPage);
            return;
        }

        _subscription = Feed.Subscribe(new LiveHandlers
        {
            AlertsChanged = changes => _ = InvokeAsync(() => Apply(changes)),
            ConnectionChanged = connection => _ = InvokeAsync(() => connection == LiveConnection.Connected ? ReloadAsync() : Task.CompletedTask),
        });
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        var filter = AlertFilter.Parse(Severity, State, Sensor, From, To);
        if (_loaded && filter == _filter)
            return;
        _filter = filter;
        _list = new AlertList(filter);
        _loaded = Prerendered.TryTake("alerts", DashboardJson.Default.AlertPage, out var kept);
        if (kept is not null)
            _list.Replace(kept);
        await ReloadAsync();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _subscription?.Dispose();
        _keeping?.Dispose();
        _fetch.Cancel();
        _fetch.Dispose();
        base.Dispose(disposing);
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

    private void Apply(AlertChange[] changes)
    {
        if (_fetching)
            _sinceFetch.Add(changes);
        _list.Apply(changes);
        StateHasChanged();
    }
}
