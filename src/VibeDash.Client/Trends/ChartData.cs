using VibeDash.Client.Ui;
using VibeDash.Core.Alerts;
using VibeDash.Core.Live;
using VibeDash.Core.Notes;
using VibeDash.Core.Trends;

namespace VibeDash.Client.Trends;

/// <summary>The data of the trend charts of one period, as passed to the script. Times are in milliseconds since the Unix epoch.</summary>
/// <param name="From">Left end of the time axis.</param>
/// <param name="To">Right end.</param>
/// <param name="Utc">True to show times in UTC, false in local time.</param>
/// <param name="Panels">The charts, one above the other.</param>
public sealed record ChartData(long From, long To, bool Utc, ChartPanel[] Panels)
{
    /// <summary>Creates the data of a trend.</summary>
    /// <param name="view">The view.</param>
    /// <param name="trend">The trend.</param>
    /// <param name="earlier">The trend of an earlier period to compare with, or null.</param>
    /// <param name="fleet">Knows the unit of each sensor, and whose quality is bad now.</param>
    public static ChartData Of(TrendView view, LiveTrend trend, EarlierTrend? earlier, FleetView fleet)
    {
        var (from, to) = (trend.From.ToUnixTimeMilliseconds(), trend.To.ToUnixTimeMilliseconds());
        var several = trend.Sensors.Count > 1;
        var sensors = trend.Sensors
            .Select((sensor, index) => (Trend: sensor, Series: Series(sensor, index + 1, trend.To, earlier, fleet.Sensor(sensor.SensorId), from, to)))
            .ToArray();
        var panels = (view.Stacked ? sensors.Select(sensor => new[] { sensor }) : [sensors]).Select(panel => new ChartPanel(
            [.. panel.Select(sensor => sensor.Series)],
            [.. Thresholds(panel[0].Series, panel[0].Trend, from, to)],
            [.. Merged(panel.SelectMany(sensor => sensor.Trend.Spans).Select(span => Span(span, from, to)).Where(span => span.To >= from && span.From <= to))],
            [.. panel.SelectMany(sensor => sensor.Trend.Notes.Select(note => Mark(note, several && !view.Stacked))).OrderBy(note => note.From)],
            [.. panel.SelectMany(sensor => sensor.Trend.Cuts.Select(cut => Cut(cut, sensor.Trend, several && !view.Stacked, from, to))).Where(cut => cut.To > cut.From)],
            [.. panel.SelectMany(sensor => NotGood(sensor.Trend, fleet.Sensor(sensor.Trend.SensorId), from, to, several && !view.Stacked))]));
        return new(from, to, view.Utc, [.. panels]);
    }

    private static ChartSeries Series(SensorTrend sensor, int tone, DateTimeOffset end, EarlierTrend? earlier, SensorView? known, long from, long to)
    {
        var id = sensor.SensorId;
        var unit = sensor.Unit.Length > 0 ? sensor.Unit : known?.Unit ?? "";
        return new(
            id,
            tone,
            unit,
            sensor.Limits is [.., { Baseline: { } baseline }] ? baseline : 0,
            ChartPoints.Of(sensor.Buckets(end), sensor.BucketMilliseconds, from, to),
            earlier is null ? null : earlier.Unit(id) is { Length: > 0 } other && other != unit ? ChartPoints.None : ChartPoints.Of(earlier.Buckets(id), earlier.BucketMilliseconds(id), from, to, (long)earlier.Shift.TotalMilliseconds));
    }

    private static List<ChartThreshold> Thresholds(ChartSeries series, SensorTrend trend, long from, long to)
    {
        var thresholds = new List<ChartThreshold>();
        foreach (var limits in trend.Limits)
        {
            (double Level, string Word)[] lines =
            [
                .. limits.Baseline is { } baseline ? [(baseline, ChartThreshold.Baseline)] : Array.Empty<(double, string)>(),
                .. limits.Thresholds.Select(threshold => (threshold.Level, Word(threshold.Severity))),
            ];
            var (begins, ends) = (Math.Max(from, limits.From.ToUnixTimeMilliseconds()), Math.Min(to, limits.To?.ToUnixTimeMilliseconds() ?? to));
            foreach (var line in lines)
            {
                foreach (var stretch in Between(trend.Cuts, begins, ends))
                    Add(thresholds, new(line.Level, line.Word, series.Unit, stretch.From, stretch.To));
            }
        }

        return thresholds;
    }

    // A limit that stayed while another changed is one line.
    private static void Add(List<ChartThreshold> thresholds, ChartThreshold next)
    {
        var index = thresholds.FindIndex(known => known.To == next.From && known.Severity == next.Severity && Math.Abs(known.Level - next.Level) <= 1e-6 * Math.Abs(next.Level));
        if (index >= 0)
            thresholds[index] = thresholds[index] with { To = next.To };
        else
            thresholds.Add(next);
    }

    private static IEnumerable<(long From, long To)> Between(IReadOnlyList<UnitCut> cuts, long from, long to)
    {
        foreach (var cut in cuts)
        {
            var (begins, ends) = (cut.From.ToUnixTimeMilliseconds(), cut.To.ToUnixTimeMilliseconds());
            if (begins > from && begins < to)
                yield return (from, begins);
            if (begins < to)
                from = Math.Max(from, ends);
        }

        if (from < to)
            yield return (from, to);
    }

    private static ChartCut Cut(UnitCut cut, SensorTrend trend, bool named, long from, long to) => new(
        Math.Max(from, cut.From.ToUnixTimeMilliseconds()),
        Math.Min(to, cut.To.ToUnixTimeMilliseconds()),
        $"{(named ? $"{trend.SensorId} " : "")}in {cut.Unit}, not in {trend.Unit}");

    // Overlapping alerts of several sensors are merged: their translucent areas would add up.
    private static List<ChartSpan> Merged(IEnumerable<ChartSpan> spans)
    {
        var merged = new List<ChartSpan>();
        foreach (var span in spans.OrderBy(span => span.Severity, StringComparer.Ordinal).ThenBy(span => span.From))
        {
            if (merged is [.., { } last] && last.Severity == span.Severity && span.From <= last.To)
                merged[^1] = last with { To = Math.Max(last.To, span.To) };
            else
                merged.Add(span);
        }

        return merged;
    }

    private static ChartSpan Span(AlertSpan span, long from, long to) => new(
        Math.Max(from, span.From.ToUnixTimeMilliseconds()),
        Math.Min(to, span.To?.ToUnixTimeMilliseconds() ?? to),
        Word(span.Severity));

    private static ChartNote Mark(Note note, bool named) => new(
        note.From.ToUnixTimeMilliseconds(),
        note.To?.ToUnixTimeMilliseconds(),
        named ? $"{note.SensorId}: {note.Text}" : note.Text,
        note.Kind == NoteKind.MaintenanceDone);

    // History is as of its last fetch; whether readings are good at present, the live view knows.
    private static IEnumerable<ChartGap> NotGood(SensorTrend sensor, SensorView? known, long from, long to, bool named)
    {
        var spans = sensor.NotGood.AsEnumerable();
        if (known?.NotGoodSince is { } since)
            spans = spans.Append(new(since.ToUnixTimeMilliseconds(), to, known.Quality));
        return spans.Where(span => span.To > from && span.From < to).Select(span => new ChartGap(
            Math.Max(from, span.From), Math.Min(to, span.To), named ? $"{sensor.SensorId}: {ConditionStyle.Word(span.Quality)}" : ConditionStyle.Word(span.Quality)));
    }

    private static string Word(Severity severity) => severity.ToString().ToLowerInvariant();
}
