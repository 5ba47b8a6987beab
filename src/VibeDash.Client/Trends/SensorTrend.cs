using VibeDash.Core.Alerts;
using VibeDash.Core.Notes;
using VibeDash.Core.Readings;
using VibeDash.Core.Trends;

namespace VibeDash.Client.Trends;

/// <summary>One sensor of a <see cref="LiveTrend"/>. Not thread-safe.</summary>
public sealed class SensorTrend(string sensorId)
{
    private const int MaximumAlerts = 100;

    private readonly List<AlertSpan> _spans = [];
    private List<Alert> _alerts = [];
    private TrendWindow? _window;
    private string? _sent;
    private double? _baseline;
    private Baseline? _set;
    private LevelThreshold[]? _thresholds;

    /// <summary>The sensor.</summary>
    public string SensorId => sensorId;

    /// <summary>Width of a bucket, in milliseconds; 0 before history has been fetched.</summary>
    public long BucketMilliseconds => _window?.BucketMilliseconds ?? 0;

    /// <summary>Unit of its levels; empty before history has been fetched.</summary>
    public string Unit { get; private set; } = "";

    /// <summary>Stretches of the period without levels, because they were sent in a unit that cannot be converted.</summary>
    public IReadOnlyList<UnitCut> Cuts { get; private set; } = [];

    /// <summary>Baseline and thresholds over the period, as of the last fetch; oldest first.</summary>
    public IReadOnlyList<TrendLimits> Limits { get; private set; } = [];

    /// <summary>Its alerts that were open at some time in the period, oldest first.</summary>
    public IReadOnlyList<Alert> Alerts => _alerts;

    /// <summary>The times in the period in which their conditions held.</summary>
    public IReadOnlyList<AlertSpan> Spans => _spans;

    /// <summary>Its notes in the period, oldest first.</summary>
    public IReadOnlyList<Note> Notes { get; private set; } = [];

    /// <summary>Times in the period in which its readings were not good, as of the last fetch; oldest first.</summary>
    public IReadOnlyList<QualitySpan> NotGood { get; private set; } = [];

    /// <summary>Since when none of its readings was good, as last reported; null when one was lately.</summary>
    public DateTimeOffset? NotGoodSince { get; set; }

    /// <summary>The buckets of the period that ends at <paramref name="to"/>, oldest first.</summary>
    public IReadOnlyList<TrendBucket> Buckets(DateTimeOffset to)
    {
        _window?.SlideTo(to);
        return _window?.Buckets ?? [];
    }

    /// <summary>Replaces the data; null when the server does not know the sensor.</summary>
    public void Take(TrendHistory? history)
    {
        _window = history is null ? null : new TrendWindow(history);
        _alerts = [.. history?.Alerts ?? []];
        _spans.Clear();
        _spans.AddRange(history?.Spans ?? []);
        Notes = history?.Notes ?? [];
        (Unit, Cuts, NotGood, Limits) = (history?.Unit ?? "", history?.Cuts ?? [], history?.NotGood ?? [], history?.Limits ?? []);
    }

    /// <summary>True when readings are missing, or the sensor's unit has changed since the last call: the answer may have another one, then and after.</summary>
    /// <param name="sequence">Sequence number of the sensor's last reading.</param>
    /// <param name="unit">Unit of that reading.</param>
    public bool IsBehind(long sequence, string unit)
    {
        var hasChanged = (_sent ?? Unit) is { Length: > 0 } before && before != unit;
        _sent = unit;
        return _window is { } window && (window.Sequence < sequence || hasChanged);
    }

    /// <summary>True when a baseline is another one than at the last call, as far as a chart shows it.</summary>
    /// <param name="baseline">Baseline of the sensor's last reading.</param>
    public bool HasOtherBaseline(double baseline)
    {
        var hasChanged = _baseline is { } before && Math.Abs(baseline - before) > 0.005 * Math.Max(baseline, before);
        if (_baseline is null || hasChanged)
            _baseline = baseline;
        return hasChanged;
    }

    /// <summary>True when a person set another baseline, or one was learned, since the last call.</summary>
    public bool HasOtherBaseline(Baseline? inForce)
    {
        var hasChanged = inForce?.Level != _set?.Level || inForce?.Unit != _set?.Unit;
        _set = inForce;
        return hasChanged;
    }

    /// <summary>True when the rules that apply have other thresholds than at the last call.</summary>
    public bool HasOtherThresholds(IReadOnlyList<RuleMatch>? rules)
    {
        if (rules is null)
            return false;
        LevelThreshold[] thresholds = [.. rules.SelectMany(match => match.Thresholds)];
        var hasChanged = _thresholds is not null && !_thresholds.SequenceEqual(thresholds);
        _thresholds = thresholds;
        return hasChanged;
    }

    /// <summary>Appends a tick.</summary>
    /// <returns>False when ticks before it were missed: fetch the history again.</returns>
    public bool Add(SensorTick tick) => _window is null || _window.Add(tick);

    /// <summary>Merges a changed alert, or a new one raised at or before <paramref name="to"/>.</summary>
    public void Merge(Alert alert, DateTimeOffset to)
    {
        var index = _alerts.FindIndex(known => known.Id == alert.Id);
        if (index >= 0)
            _alerts[index] = alert;
        else if (alert.RaisedAt <= to)
            _alerts.Add(alert);
        if (_alerts.Count > MaximumAlerts)
            _alerts.RemoveAt(0);
        if (AlertSpan.Of(alert) is { } span && span.From <= to)
            Merge(span);
    }

    private void Merge(AlertSpan span)
    {
        var index = _spans.FindLastIndex(known => known.AlertId == span.AlertId && known.From == span.From);
        if (index >= 0)
            _spans[index] = span;
        else
            _spans.Add(span);
        if (_spans.Count > TrendHistory.MaximumSpans)
            _spans.RemoveAt(0);
    }
}
