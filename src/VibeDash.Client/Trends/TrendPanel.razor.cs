using Microsoft.AspNetCore.Components;
using VibeDash.Client.Live;
using VibeDash.Client.Ui;
using VibeDash.Core.Contract;
using VibeDash.Core.Live;
using VibeDash.Core.Trends;

namespace VibeDash.Client.Trends;

/// <summary>The trend of a sensor and of the sensors it is compared with: controls, chart, figures, alerts. Rendered with its page.</summary>
public sealed partial class TrendPanel : ComponentBase, IAsyncDisposable
{
    /// <summary>Minimum interval of drawing new readings. Faster changes are hardly visible but drain a phone's battery.</summary>
    public static readonly TimeSpan MinimumInterval = TimeSpan.FromMilliseconds(750);

    private readonly PeriodTrail _trail = new();
    private TrendChart? _chart;
    private LiveTrend? _trend;
    private LiveTrend? _builtFor;
    private EarlierTrend? _earlier;
    private ChartData? _data;
    private TrendFact[] _facts = [];
    private TrendView? _shown;
    private DateTimeOffset _builtAt;
    private int _width;
    private bool _dirty;
    private bool _render = true;
    private bool _disposed;

    /// <summary>The view.</summary>
    [Parameter, EditorRequired]
    public TrendView View { get; set; } = null!;

    /// <summary>The sensor whose page it is.</summary>
    [Parameter, EditorRequired]
    public SensorView Sensor { get; set; } = null!;

    /// <summary>The rules: when their thresholds change, history is fetched again.</summary>
    [Parameter, EditorRequired]
    public TrendRules Rules { get; set; } = null!;

    [Inject]
    private LiveFleet Fleet { get; set; } = null!;

    [Inject]
    private IHistoryApi Api { get; set; } = null!;

    [Inject]
    private ILiveFeed Feed { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private string SensorNames => string.Join(", ", View.SensorIds);

    // Ends a little later, so that the reading is not at the edge of the chart.
    private string LatestAddress => View.At(TrendPeriod.Until(Sensor.Timestamp + (View.Period.Length / 60), View.Period.Length)).Address;

    private string? Coarse
    {
        get
        {
            if (_trend is not { IsLoaded: true } trend)
                return null;
            var width = trend.Sensors.Max(sensor => sensor.BucketMilliseconds);
            return width > BucketWidth.For(trend.Period.Length, trend.Points) ? DurationText.Of(TimeSpan.FromMilliseconds(width)) : null;
        }
    }

    private IEnumerable<(SensorTrend Sensor, UnitCut Cut)> Cuts =>
        _trend is { IsLoaded: true } trend ? trend.Sensors.SelectMany(sensor => sensor.Cuts.Select(cut => (sensor, cut))) : [];

    /// <inheritdoc/>
    protected override void OnInitialized() => Rules.Changed += OnRulesChanged;

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        // Prerendering shows only the latest numbers; the browser fetches history and draws it.
        if (_width == 0 || Fleet.View is null)
            return;
        if (!ReferenceEquals(_shown, View) && _shown?.Address != View.Address)
            await ShowAsync();
        else if (_trend is { } trend)
        {
            // The period moves with the clock; a move by less than a pixel is not drawn.
            var since = Fleet.Now - _builtAt;
            if (since >= MinimumInterval && (_dirty || (View.Period.IsLive && since >= View.Period.Length / 400)))
                await BuildAsync(trend);
        }
    }

    /// <inheritdoc/>
    protected override bool ShouldRender() => _render || _width == 0;

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender) => _render = false;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        Rules.Changed -= OnRulesChanged;
        _earlier?.Dispose();
        if (_trend is { } trend)
            await StopAsync(trend);
        _trend = null;
    }

    private async Task ShowAsync()
    {
        var (before, view) = (_shown, View);
        _shown = view;
        _render = true;
        var sameSensors = before is not null && before.SensorIds.SequenceEqual(view.SensorIds, StringComparer.Ordinal);
        if (before is not null && before.Period != view.Period)
            _trail.Move(before.Period, view.Period);

        if (before?.SensorId != view.SensorId)
        {
            (_data, _facts) = (null, []);
            if (before is not null)
                _trail.Clear();
        }

        var points = TrendPoints.Of(_width, view.SensorIds.Count, view.Ghost != TrendGhost.None);
        var sameStretch = sameSensors && before!.Period == view.Period && _trend?.Points == points;
        if (!sameStretch || before!.Ghost != view.Ghost)
        {
            _earlier?.Dispose();
            _earlier = view.Ghost == TrendGhost.None ? null : new EarlierTrend(Api, view.SensorIds, view.Period, view.Ghost, points);
        }

        if (sameStretch)
        {
            await BuildAsync(_trend!);
            return;
        }

        var old = _trend;
        var trend = new LiveTrend(Api, Feed, Time, () => Fleet.Now, view.SensorIds, view.Period, points);
        _trend = trend;
        trend.Changed += OnTrendChanged;
        trend.Follow(Rules);

        // The known part of the new period is shown until all of it has been fetched.
        if (_data is not null && sameSensors)
            _data = _data with { From = trend.From.ToUnixTimeMilliseconds(), To = trend.To.ToUnixTimeMilliseconds() };
        await Time.NextTaskAsync();
        if (ReferenceEquals(trend, _trend))
            _ = trend.StartAsync();
        if (old is not null)
            await StopAsync(old);
    }

    private async Task BuildAsync(LiveTrend trend)
    {
        Build(trend);
        if (_earlier is { } earlier && await earlier.LoadAsync(Fleet.Now) && !_disposed && ReferenceEquals(trend, _trend))
        {
            Build(trend);
            StateHasChanged();
        }
    }

    private void Build(LiveTrend trend)
    {
        _render = true;
        if (!trend.IsLoaded || Fleet.View is not { } fleet)
            return;
        _dirty = false;
        _builtAt = Fleet.Now;
        _data = ChartData.Of(View, trend, _earlier, fleet);
        _facts = TrendFact.Of(_data, trend);
    }

    // The first data is drawn at once. Later data is drawn with the page, which is rendered with every change of the fleet.
    private void OnTrendChanged()
    {
        _dirty = true;
        if (_trend is { } trend && (!trend.IsLoaded || _data is null || Fleet.Now - _builtAt >= MinimumInterval || _builtFor != trend))
        {
            _builtFor = trend.IsLoaded ? trend : null;
            _ = InvokeAsync(() => BuildAndDrawAsync(trend));
        }
    }

    private void OnRulesChanged()
    {
        if (_trend is { } trend)
            _ = InvokeAsync(() => trend.Follow(Rules));
    }

    private async Task BuildAndDrawAsync(LiveTrend trend)
    {
        if (_disposed || !ReferenceEquals(trend, _trend))
            return;
        var building = BuildAsync(trend);
        StateHasChanged();
        await building;
    }

    private async Task Sized(int width)
    {
        _width = Math.Max(1, width);
        if (Fleet.View is not null && !_disposed)
            await ShowAsync();
    }

    private void Go(TrendPeriod period)
    {
        if (period != View.Period)
            Navigation.NavigateTo(View.At(period).Address);
    }

    private void Moved((DateTimeOffset From, DateTimeOffset To) stretch) => Go(View.Period.Moved(stretch.From, stretch.To, Fleet.Now));

    private void Live() => Go(TrendPeriod.Live(View.Period.Length));

    private void Back()
    {
        if (_trail.Last is { } last)
            Go(last);
    }

    private ValueTask StopAsync(LiveTrend trend)
    {
        trend.Changed -= OnTrendChanged;
        return trend.DisposeAsync();
    }
}
