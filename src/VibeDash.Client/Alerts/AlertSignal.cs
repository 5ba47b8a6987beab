using VibeDash.Core.Alerts;
using VibeDash.Core.Live;

namespace VibeDash.Client.Alerts;

/// <summary>
/// Decides when alerts sound: once for each alert that is raised or gets worse, repeatedly while a Critical alert is unacknowledged, and in a flood
/// only once, at its start. Not thread-safe.
/// </summary>
public sealed class AlertSignal
{
    /// <summary>Interval at which a Critical alert repeats.</summary>
    public static readonly TimeSpan Repetition = TimeSpan.FromSeconds(10);

    private Dictionary<long, Severity>? _known;
    private DateTimeOffset _soundedAt;
    private bool _isFlood;

    /// <summary>The signal to give now.</summary>
    /// <param name="view">The fleet.</param>
    /// <param name="now">The server's clock.</param>
    /// <returns>The severity, and the new alerts, most severe first; none when an earlier alert repeats. Null for silence.</returns>
    public (Severity Severity, IReadOnlyList<Alert> News)? Next(FleetView view, DateTimeOffset now)
    {
        var asking = view.OpenAlerts.Where(alert => alert.IsUnacknowledged).OrderByDescending(alert => alert.Severity).ThenByDescending(alert => alert.Id).ToList();
        var news = asking.Where(alert => _known is not null && (!_known.TryGetValue(alert.Id, out var before) || alert.Severity > before)).ToList();
        _known = asking.ToDictionary(alert => alert.Id, alert => alert.Severity);

        var wasFlood = _isFlood;
        _isFlood = view.Status.FloodSince is not null;
        var sounds = _isFlood ? !wasFlood && asking.Count > 0
            : news.Count > 0 || (asking is [{ Severity: Severity.Critical }, ..] && now - _soundedAt >= Repetition);
        if (!sounds)
            return null;

        _soundedAt = now;
        return (news is [var worst, ..] ? worst.Severity : asking[0].Severity, news);
    }
}
