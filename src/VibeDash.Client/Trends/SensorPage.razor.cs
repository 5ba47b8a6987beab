using System.Globalization;
using Microsoft.AspNetCore.Components;
using VibeDash.Client.Fleet;
using VibeDash.Client.Live;
using VibeDash.Core.Alerts;
using VibeDash.Core.Live;

namespace VibeDash.Client.Trends;

/// <summary>One sensor: how it stands, its trend, its alerts.</summary>
public sealed partial class SensorPage : LiveComponent, IAsyncDisposable
{
    private LiveTrend? _trend;
    private ChartData? _data;
    private RuleMatch[]? _matches;
    private IDisposable? _subscription;
    private bool _dirty;
    private DateTimeOffset _builtAt;
    private (string SensorId, TrendRange Range, DateTimeOffset? End) _shown;

    /// <summary>The sensor.</summary>
    [Parameter]
    public string SensorId { get; set; } = "";

    /// <summary>Key of the range.</summary>
    [SupplyParameterFromQuery(Name = "range")]
    public string? RangeKey { get; set; }

    /// <summary>End of the range, ISO 8601; null to follow the clock.</summary>
    [SupplyParameterFromQuery(Name = "to")]
    public string? To { get; set; }

    [Inject]
    private IDashboardApi Api { get; set; } = null!;

    [Inject]
    private ILiveFeed Feed { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private TrendRange Range => TrendRange.Of(RangeKey);

    private DateTimeOffset? End =>
        DateTimeOffset.TryParse(To, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var end) ? end : null;

    private string LiveAddress => Navigation.GetUriWithQueryParameter("to", (string?)null);

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        // The server's picture has the latest numbers; history is fetched by the browser, which also draws it.
        if (!RendererInfo.IsInteractive || _shown == (SensorId, Range, End))
            return;
        if (_shown.SensorId != SensorId)
            _matches = null;
        _shown = (SensorId, Range, End);

        if (_trend is { } old)
            await StopAsync(old);
        _data = null;
        var trend = new LiveTrend(Api, Feed, Time, () => Fleet.Now, SensorId, Range.Length, End);
        _trend = trend;
        trend.Changed += OnTrendChanged;
        _ = trend.StartAsync();
        _subscription ??= Feed.Subscribe(new LiveHandlers
        {
            // A change of its rules, or of what is said about it.
            SensorsChanged = sensors => { if (sensors.Any(sensor => sensor.SensorId == SensorId)) _ = InvokeAsync(LoadRulesAsync); },
            ConnectionChanged = connection => { if (connection == LiveConnection.Connected) _ = InvokeAsync(LoadRulesAsync); },
        });
        await LoadRulesAsync();
    }

    private async Task LoadRulesAsync()
    {
        try
        {
            var sensorId = SensorId;
            var matches = await Api.GetSensorRulesAsync(sensorId);
            if (sensorId != SensorId)
                return;
            _matches = matches;
            OnTrendChanged();
            StateHasChanged();
        }
        catch (HttpRequestException)
        {
            // Comes again with the connection.
        }
    }

    /// <inheritdoc/>
    protected override bool FleetChanged()
    {
        // The window slides on; by less than a pixel is not worth a drawing.
        var slid = End is null && Fleet.Now - _builtAt >= Range.Length / 400;
        if (_dirty || slid)
            Build();
        return true;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Dispose();
        _subscription?.Dispose();
        if (_trend is { } trend)
            await StopAsync(trend);
        _trend = null;
    }

    private static SensorStatus Judge(FleetView view, SensorView sensor, DateTimeOffset now) =>
        SensorStatus.Of(sensor, view.OpenAlerts.Where(alert => alert.SensorId == sensor.SensorId), view.SilenceClock(now));

    private SensorStatus Judge(FleetView view, SensorView sensor) => Judge(view, sensor, Fleet.Now);

    private string LatestAddress(SensorView sensor) =>
        Navigation.GetUriWithQueryParameter("to", AlertQueryString.Time(sensor.Timestamp));

    private ValueTask StopAsync(LiveTrend trend)
    {
        trend.Changed -= OnTrendChanged;
        return trend.DisposeAsync();
    }

    // Ticks come four times a second, and so does the fleet's own change that takes them along. Only what came first is drawn at once.
    private void OnTrendChanged()
    {
        _dirty = true;
        if (_data is null || Fleet.Now - _builtAt >= LiveFleet.Coalescing)
        {
            _ = InvokeAsync(() =>
            {
                Build();
                StateHasChanged();
            });
        }
    }

    private void Build()
    {
        if (_trend is not { IsLoaded: true } trend || Fleet.View is not { } view || view.Sensor(SensorId) is not { } sensor)
            return;
        _dirty = false;
        _builtAt = Fleet.Now;
        _data = ChartData.Of(trend, sensor.Unit, sensor.Baseline, [.. (_matches ?? []).SelectMany(match => match.Thresholds)]);
    }
}
