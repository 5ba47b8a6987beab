using VibeDash.Client.Live;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;

namespace VibeDash.Client.Trends;

/// <summary>The rules of a page's sensors, kept up to date. Not thread-safe: the browser has one thread.</summary>
public sealed class TrendRules : IDisposable
{
    private readonly Dictionary<string, RuleMatch[]> _matches = new(StringComparer.Ordinal);
    private readonly IRuleApi _api;
    private readonly IDisposable _subscription;
    private string[] _sensorIds = [];

    /// <summary>Subscribes to changes of the sensors set by <see cref="ShowAsync"/>.</summary>
    public TrendRules(IRuleApi api, ILiveFeed feed)
    {
        _api = api;
        _subscription = feed.Subscribe(new LiveHandlers
        {
            // Sent when a sensor's rules or settings have changed.
            SensorsChanged = sensors => _ = LoadAsync([.. sensors.Select(sensor => sensor.SensorId).Intersect(_sensorIds, StringComparer.Ordinal)]),
            ConnectionChanged = connection => _ = LoadAsync(connection == LiveConnection.Connected ? _sensorIds : []),
        });
    }

    /// <summary>Rules were fetched.</summary>
    public event Action? Changed;

    /// <summary>The rules and whether they apply to a sensor; null while unknown.</summary>
    public IReadOnlyList<RuleMatch>? Of(string sensorId) => _matches.GetValueOrDefault(sensorId);

    /// <summary>Follows exactly these sensors from now on.</summary>
    public Task ShowAsync(IReadOnlyList<string> sensorIds)
    {
        _sensorIds = [.. sensorIds];
        return LoadAsync([.. sensorIds.Where(sensorId => !_matches.ContainsKey(sensorId))]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _subscription.Dispose();
        _sensorIds = [];
    }

    private async Task LoadAsync(string[] sensorIds)
    {
        // One change event for all sensors: each event renders the chart.
        var loaded = await Task.WhenAll(sensorIds.Select(LoadAsync));
        if (loaded.Any(found => found) && sensorIds.Intersect(_sensorIds, StringComparer.Ordinal).Any())
            Changed?.Invoke();
    }

    private async Task<bool> LoadAsync(string sensorId)
    {
        try
        {
            if (await _api.GetSensorRulesAsync(sensorId) is { } matches)
                _matches[sensorId] = matches;
            return true;
        }
        catch (HttpRequestException)
        {
            // Fetched again after the next reconnect.
            return false;
        }
    }
}
