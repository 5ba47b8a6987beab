using VibeDash.Client.Live;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;

namespace VibeDash.Client.Trends;

/// <summary>How the rules stand to the sensors of a page, kept up to date. Not thread-safe: the browser has one thread.</summary>
public sealed class TrendRules : IDisposable
{
    private readonly Dictionary<string, RuleMatch[]> _matches = new(StringComparer.Ordinal);
    private readonly IRuleApi _api;
    private readonly IDisposable _subscription;
    private string[] _sensorIds = [];

    /// <summary>Starts listening for changes; <see cref="ShowAsync"/> says of which sensors.</summary>
    public TrendRules(IRuleApi api, ILiveFeed feed)
    {
        _api = api;
        _subscription = feed.Subscribe(new LiveHandlers
        {
            // A change of its rules, or of what is said about it.
            SensorsChanged = sensors => _ = LoadAsync([.. sensors.Select(sensor => sensor.SensorId).Intersect(_sensorIds, StringComparer.Ordinal)]),
            ConnectionChanged = connection => _ = LoadAsync(connection == LiveConnection.Connected ? _sensorIds : []),
        });
    }

    /// <summary>Something came.</summary>
    public event Action? Changed;

    /// <summary>How the rules stand to a sensor; null before that is known.</summary>
    public IReadOnlyList<RuleMatch>? Of(string sensorId) => _matches.GetValueOrDefault(sensorId);

    /// <summary>The thresholds over a sensor's levels, as far as they are known; without those that need a baseline that is not.</summary>
    /// <param name="sensorId">The sensor.</param>
    /// <param name="baseline">Its baseline in the unit of its levels; 0 when unknown.</param>
    public IEnumerable<(Severity Severity, double Level)> Levels(string sensorId, double baseline) =>
        from threshold in (Of(sensorId) ?? []).SelectMany(match => match.Thresholds)
        let level = threshold.At(baseline)
        where level is not null
        select (threshold.Severity, level.Value);

    /// <summary>Follows these sensors from now on, and no others.</summary>
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
        // All before anything is drawn: one drawing for each sensor would be as many as the sensors.
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
            // Comes again with the connection.
            return false;
        }
    }
}
