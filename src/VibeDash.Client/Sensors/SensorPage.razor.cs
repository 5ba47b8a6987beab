using Microsoft.AspNetCore.Components;
using VibeDash.Client.Live;
using VibeDash.Client.Trends;
using VibeDash.Client.Ui;
using VibeDash.Core.Contract;
using VibeDash.Core.Live;

namespace VibeDash.Client.Sensors;

/// <summary>One sensor: state, trend, alerts, notes, settings.</summary>
public sealed partial class SensorPage : LiveComponent
{
    private TrendRules _rules = null!;
    private TrendView _shown = null!;
    private string? _lastId;
    private bool _wasKnown;

    /// <summary>The sensor.</summary>
    [Parameter]
    public string SensorId { get; set; } = "";

    /// <summary>Length of the trend, which ends now or at <see cref="To"/>.</summary>
    [SupplyParameterFromQuery(Name = "range")]
    public string? RangeKey { get; set; }

    /// <summary>Start of the trend, ISO 8601.</summary>
    [SupplyParameterFromQuery(Name = "from")]
    public string? From { get; set; }

    /// <summary>End of the trend, ISO 8601; null to follow the clock.</summary>
    [SupplyParameterFromQuery(Name = "to")]
    public string? To { get; set; }

    /// <summary>Sensors to compare with.</summary>
    [SupplyParameterFromQuery(Name = "with")]
    public string[]? Others { get; set; }

    /// <summary><c>stacked</c> for one chart per sensor.</summary>
    [SupplyParameterFromQuery(Name = "layout")]
    public string? ChartLayout { get; set; }

    /// <summary>Earlier time to compare with: <c>day</c>, <c>week</c> or <c>month</c>.</summary>
    [SupplyParameterFromQuery(Name = "earlier")]
    public string? Earlier { get; set; }

    /// <summary><c>utc</c> for times in UTC.</summary>
    [SupplyParameterFromQuery(Name = "zone")]
    public string? Zone { get; set; }

    [Inject]
    private IRuleApi Api { get; set; } = null!;

    [Inject]
    private ILiveFeed Feed { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        base.OnInitialized();
        _rules = new TrendRules(Api, Feed);
        _rules.Changed += OnRulesChanged;
    }

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync()
    {
        _wasKnown &= _lastId == SensorId;
        _lastId = SensorId;
        _shown = TrendView.Of(SensorId, RangeKey, From, To, Others, ChartLayout, Earlier, Zone);
        return RendererInfo.IsInteractive ? _rules.ShowAsync(_shown.SensorIds) : Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _rules.Changed -= OnRulesChanged;
            _rules.Dispose();
        }

        base.Dispose(disposing);
    }

    private SensorStatus StatusOf(FleetView view, SensorView sensor) =>
        SensorStatus.Of(sensor, view.OpenAlerts.Where(alert => alert.SensorId == sensor.SensorId), view.SilenceClock(Fleet.Now));

    private void OnRulesChanged() => _ = InvokeAsync(StateHasChanged);
}
