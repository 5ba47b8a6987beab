using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;
using NSubstitute;
using VibeDash.Client.Sensors;
using VibeDash.Client.Shell;
using VibeDash.Client.Trends;
using VibeDash.Core.Alerts;
using VibeDash.Core.Notes;
using VibeDash.Core.Readings;
using VibeDash.Core.Trends;

namespace VibeDash.Client.Tests.Trends;

public sealed class TrendPanelTests : PageTest
{
    private readonly List<(string Sensors, DateTimeOffset From, DateTimeOffset? To, int Points)> _asked = [];
    private long? _width;
    private Note[] _notes = [];
    private Alert[] _alerts = [];
    private string _unit = "m/s²";
    private UnitCut[] _cuts = [];
    private TrendBucket[]? _buckets;
    private TrendLimits[] _limits = [new(Some.Time.AddDays(-1), null, 4, [])];

    public TrendPanelTests() =>
        Api.GetHistoriesAsync(Arg.Any<IReadOnlyCollection<string>>(), Arg.Any<DateTimeOffset>(), Arg.Any<DateTimeOffset?>(), Arg.Any<int>(), Arg.Any<CancellationToken>()).Returns(call =>
        {
            var sensors = call.ArgAt<IReadOnlyCollection<string>>(0);
            var from = call.ArgAt<DateTimeOffset>(1);
            _asked.Add((string.Join(' ', sensors), from, call.ArgAt<DateTimeOffset?>(2), call.ArgAt<int>(3)));
            var to = _asked[^1].To ?? Time.GetUtcNow();
            var width = _width ?? BucketWidth.For(to - from, call.ArgAt<int>(3));
            var start = from.ToUnixTimeMilliseconds() / width * width;
            return [.. sensors.Select(sensor => new TrendHistory(sensor, from, to, width, 5, _buckets ?? [new(start, 2, 3, 5, 4)], _alerts) { Notes = _notes, Unit = _unit, Cuts = _cuts, Limits = _limits })];
        });

    private string Address => new Uri(Services.GetRequiredService<NavigationManager>().Uri).PathAndQuery.TrimStart('/');

    private TrendChart Script => ((DotNetObjectReference<TrendChart>)ChartScript.Invocations["create"].Single().Arguments[1]!).Value;

    private ChartData Drawn => (ChartData)Chart.Invocations["update"][^1].Arguments[0]!;

    [Fact]
    public async Task A_gesture_changes_the_address_and_what_is_asked_for_and_back_leads_to_what_was()
    {
        var page = OpenAt("sensors/VB-1?range=1h");
        var (from, to) = (Some.Time.AddMinutes(-40), Some.Time.AddMinutes(-20));
        var drawings = Chart.Invocations["update"].Count;

        await page.InvokeAsync(() => Script.Moved(from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds()));

        Address.ShouldBe("sensors/VB-1?from=2026-03-01T02%3A20%3A00Z&to=2026-03-01T02%3A40%3A00Z");
        _asked[^1].ShouldBe(("VB-1", from, to, ChartWidth));
        (Drawn.From, Drawn.To).ShouldBe((from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds()));
        Chart.Invocations["update"].Count.ShouldBe(drawings + 1, "what was known of the stretch the script has drawn by itself");

        await page.InvokeAsync(Script.Back);
        Address.ShouldBe("sensors/VB-1?range=1h");
        Button(page, "Zoom back").HasAttribute("disabled").ShouldBeTrue();
    }

    [Fact]
    public void What_cannot_be_converted_is_marked_and_the_baseline_is_drawn_beside_it_only()
    {
        var (start, end) = (Some.Time.AddMinutes(-40), Some.Time.AddMinutes(-30));
        _cuts = [new(start, end, "mm/s")];

        var page = OpenAt("sensors/VB-1?range=1h");

        var panel = Drawn.Panels.ShouldHaveSingleItem();
        panel.Cuts.ShouldBe([new ChartCut(start.ToUnixTimeMilliseconds(), end.ToUnixTimeMilliseconds(), "in mm/s, not in m/s²")]);
        panel.Thresholds.ShouldBe(
        [
            new(4, ChartThreshold.Baseline, "m/s²", Drawn.From, start.ToUnixTimeMilliseconds()),
            new(4, ChartThreshold.Baseline, "m/s²", end.ToUnixTimeMilliseconds(), Drawn.To),
        ]);
        page.Markup.ShouldContain("VB-1 sent its levels in mm/s. They cannot be converted to m/s² and are left out.");
    }

    [Fact]
    public void A_range_of_another_unit_has_its_unit_and_neither_baseline_nor_limits()
    {
        _unit = "°C";
        _limits = [new(Some.Time.AddDays(-60), null, null, [])];

        OpenAt("sensors/VB-1?from=2026-02-01T00%3A00%3A00Z&to=2026-02-02T00%3A00%3A00Z");

        var panel = Drawn.Panels.ShouldHaveSingleItem();
        (panel.Series.Single().Unit, panel.Series.Single().Baseline, panel.Thresholds.Length).ShouldBe(("°C", 0, 0));
    }

    [Fact]
    public void Each_baseline_and_threshold_is_drawn_over_the_time_in_which_it_was_in_force_and_counted_there()
    {
        var (start, change) = (Some.Time.AddHours(-1), Some.Time.AddMinutes(-20));
        _limits =
        [
            new(Some.Time.AddDays(-9), change, 2, [new(Severity.Warning, 4), new(Severity.Critical, 6)]),
            new(change, null, 3, [new(Severity.Warning, 3.5), new(Severity.Critical, 6)]),
        ];
        _buckets = [new(start.ToUnixTimeMilliseconds(), 1, 3.7, 3.7, 3.7), new(change.ToUnixTimeMilliseconds(), 1, 3.7, 3.7, 3.7)];

        var page = OpenAt("sensors/VB-1?range=1h");

        var (from, to, at) = (Drawn.From, Drawn.To, change.ToUnixTimeMilliseconds());
        Drawn.Panels.Single().Thresholds.ShouldBe(
        [
            new(2, "baseline", "m/s²", from, at), new(4, "warning", "m/s²", from, at), new(6, "critical", "m/s²", from, to),
            new(3, "baseline", "m/s²", at, to), new(3.5, "warning", "m/s²", at, to),
        ]);
        Drawn.Panels.Single().Series.Single().Baseline.ShouldBe(3);
        page.Find(".trend-figures").TextContent.ShouldContain("Mean above warning 50 %", Case.Sensitive, "one of two is above the Warning of its time");
    }

    [Fact]
    public void The_history_is_fetched_again_when_baseline_or_thresholds_have_changed()
    {
        OpenAt("sensors/VB-1?range=1h");
        var asked = _asked.Count;
        _limits = [new(Some.Time.AddDays(-1), Some.Time, 4, []), new(Some.Time, null, 7, [])];

        Feed.Send(Some.Sensor() with { BaselineInForce = new(BaselineSource.Manual, 7, "m/s²", Some.Time, "Ada") });
        Beat();
        (_asked.Count, Drawn.Panels.Single().Thresholds.Last().Level).ShouldBe((asked + 1, 7));

        // What a person set stays: nothing to fetch.
        Feed.Send(Some.Sensor() with { BaselineInForce = new(BaselineSource.Manual, 7, "m/s²", Some.Time, "Ada") });
        Beat();
        _asked.Count.ShouldBe(asked + 1);
    }

    [Fact]
    public void The_history_is_fetched_again_when_the_unit_of_the_sensor_has_changed()
    {
        OpenAt("sensors/VB-1?range=1h");
        _unit = "g";

        Feed.Send(Some.Sensor() with { Unit = "g" });
        Beat();

        (_asked.Count, Drawn.Panels.Single().Series.Single().Unit).ShouldBe((2, "g"));
    }

    [Fact]
    public async Task A_gesture_into_the_future_puts_the_picture_back()
    {
        var page = OpenAt("sensors/VB-1?range=1h");
        var drawings = Chart.Invocations["update"].Count;

        await page.InvokeAsync(() => Script.Moved(Some.Time.AddMinutes(-50).ToUnixTimeMilliseconds(), Some.Time.AddMinutes(10).ToUnixTimeMilliseconds()));

        Address.ShouldBe("sensors/VB-1?range=1h");
        Chart.Invocations["update"].Count.ShouldBe(drawings + 1);
    }

    [Theory]
    [InlineData("Earlier", "sensors/VB-1?from=2026-03-01T01%3A30%3A00Z&to=2026-03-01T02%3A30%3A00Z")]
    [InlineData("Zoom out", "sensors/VB-1?range=2h")]
    [InlineData("Zoom in", "sensors/VB-1?range=30m")]
    [InlineData("Hold", "sensors/VB-1?from=2026-03-01T02%3A00%3A00Z&to=2026-03-01T03%3A00%3A00Z")]
    public void Buttons_do_what_gestures_do(string name, string address)
    {
        var page = OpenAt("sensors/VB-1?range=1h");

        Button(page, name).Click();

        Address.ShouldBe(address);
    }

    [Fact]
    public void Several_sensors_are_asked_for_at_once_and_drawn_over_each_other_or_stacked()
    {
        var page = OpenAt("sensors/VB-1?range=1h&with=VB-2&with=VB-3");

        _asked.ShouldHaveSingleItem().Sensors.ShouldBe("VB-1 VB-2 VB-3");
        Drawn.Panels.ShouldHaveSingleItem().Series.Select(series => series.SensorId).ShouldBe(["VB-1", "VB-2", "VB-3"]);
        page.FindAll(".trend-statistics tbody th").Select(cell => cell.TextContent).ShouldBe(["VB-1", "VB-2", "VB-3"]);

        var stacked = page.FindAll("nav[aria-label=Layout] a").Single(link => link.TextContent == "Stacked").GetAttribute("href")!;
        Services.GetRequiredService<NavigationManager>().NavigateTo(stacked);

        Drawn.Panels.Select(panel => panel.Series.Single().SensorId).ShouldBe(["VB-1", "VB-2", "VB-3"]);
        _asked.Count.ShouldBe(1, "another layout needs no other history");
    }

    [Fact]
    public void Of_many_alerts_the_newest_are_shown_and_the_rest_when_asked_for()
    {
        _alerts = [.. Enumerable.Range(1, 45).Select(id => Some.Alert(id, state: AlertState.Normal))];
        var page = OpenAt("sensors/VB-1?range=1h");
        AngleSharp.Dom.IElement More(string text) => page.FindAll("button").Single(button => button.TextContent == text);
        string[] Shown() => [.. page.FindAll("section[aria-labelledby=alerts-heading] tbody button[aria-expanded]").Select(button => button.GetAttribute("aria-label")!.Split(' ')[^1])];

        Shown().ShouldBe(Enumerable.Range(0, 20).Select(i => $"{45 - i}"));

        More("Show more (25 not shown)").Click();
        Shown().Length.ShouldBe(40);

        More("Show more (5 not shown)").Click();
        Shown().ShouldBe(Enumerable.Range(0, 45).Select(i => $"{45 - i}"));
        page.FindAll("button").ShouldNotContain(button => button.TextContent.StartsWith("Show more", StringComparison.Ordinal));
    }

    [Fact]
    public void A_sensor_to_compare_with_is_found_by_its_location()
    {
        var page = OpenAt("sensors/VB-1?range=1h");

        page.Find(".compare-list input").Input("hall");
        page.FindAll(".compare-list button").ShouldHaveSingleItem().Click();

        Address.ShouldBe("sensors/VB-1?range=1h&with=VB-3");
    }

    [Fact]
    public void A_sensor_heard_of_later_can_be_compared_with_too()
    {
        var page = OpenAt("sensors/VB-1?range=1h");

        Feed.Send(Some.Sensor("VB-4"));
        Beat();

        page.FindAll(".compare-list button").Select(button => button.TextContent).ShouldBe(["VB-2", "VB-4", "VB-3"]);
    }

    [Fact]
    public void An_earlier_time_is_drawn_over_this_one()
    {
        OpenAt("sensors/VB-1?from=2026-03-01T01:00:00Z&to=2026-03-01T02:00:00Z&earlier=week");

        _asked.Count.ShouldBe(2);
        _asked[1].To.ShouldBe(Some.Time.AddHours(-1).AddDays(-7));
        var times = Drawn.Panels[0].Series[0].Earlier!.Times;
        times.ShouldAllBe(time => time >= Drawn.From - 60_000 && time <= Drawn.To);
    }

    [Fact]
    public void The_earlier_time_of_a_live_trend_is_fetched_ahead_and_anew_when_that_is_used_up()
    {
        OpenAt("sensors/VB-1?range=15m&earlier=day");
        _asked.Count.ShouldBe(2);

        Time.Advance(TimeSpan.FromSeconds(60));
        _asked.Count.ShouldBe(2);
        Time.Advance(TimeSpan.FromSeconds(60));

        _asked.Count.ShouldBe(3);
        (_asked[2].To - _asked[1].To)!.Value.TotalSeconds.ShouldBeInRange(90, 121);
    }

    [Fact]
    public void A_note_somebody_writes_joins_the_chart()
    {
        OpenAt("sensors/VB-1?range=1h");
        var note = new Note(1, "VB-1", Some.Time.AddMinutes(-20), null, NoteKind.MaintenanceDone, "Bearing replaced", "Ada", Some.Time);
        _notes = [note];

        Feed.Send(new NoteChange(1, NoteAction.Added, "Ada", Some.Time, note));
        Beat();

        Drawn.Panels[0].Notes.ShouldBe([new(note.From.ToUnixTimeMilliseconds(), null, "Bearing replaced", Maintenance: true)]);
    }

    [Fact]
    public void Times_are_local_or_in_utc_and_the_zone_is_told()
    {
        var page = OpenAt("sensors/VB-1?from=2026-03-01T01:00:00Z&to=2026-03-01T02:00:00Z");
        page.Find("nav[aria-label='Time zone'] a[aria-current]").TextContent.ShouldBe("test (UTC+02:00)");
        page.Find(".range-entry input").GetAttribute("value").ShouldBe("2026-03-01 03:00:00");

        Services.GetRequiredService<NavigationManager>().NavigateTo("sensors/VB-1?from=2026-03-01T01:00:00Z&to=2026-03-01T02:00:00Z&zone=utc");

        Drawn.Utc.ShouldBeTrue();
        page.Find(".range-entry input").GetAttribute("value").ShouldBe("2026-03-01 01:00:00");
        page.Find(".trend-figures time").TextContent.ShouldEndWith(" UTC");
    }

    [Fact]
    public void Where_local_time_is_utc_there_is_nothing_to_choose()
    {
        Time.SetLocalTimeZone(TimeZoneInfo.CreateCustomTimeZone("Etc/UTC", TimeSpan.Zero, "UTC", "UTC"));

        var page = OpenAt("sensors/VB-1?range=1h");

        page.FindAll("nav[aria-label='Time zone']").ShouldBeEmpty();
        page.Find(".trend").TextContent.ShouldContain("Times in UTC");
    }

    [Fact]
    public void Buckets_wider_than_asked_for_are_explained()
    {
        _width = 3_600_000;

        OpenAt("sensors/VB-1?range=1h").Find(".trend").TextContent.ShouldContain("no longer stored: each point covers 1 h");
    }

    [Fact]
    public void The_visible_range_is_handed_over_as_a_file()
    {
        var page = OpenAt("sensors/VB-1?range=1h");

        Button(page, "CSV").Click();
        Button(page, "PNG").Click();

        var csv = Chart.VerifyInvoke("saveText").Arguments;
        csv[0].ShouldBe("trend-VB-1-20260301T020000Z.csv");
        ((string)csv[1]!).ShouldContain("VB-1,m/s²,2026-03-01T02:00:00Z,2026-03-01T02:00:05Z,3,4,5,2\r\n");
        var png = Chart.VerifyInvoke("savePng").Arguments;
        ((PictureLine[])png[1]!).Select(line => line.Text).ShouldBe(
            ["2026-03-01 04:00:00 – 2026-03-01 05:00:00 (test)", "VB-1, Line B, Conveyor 4 [m/s²]   lowest 3.00, mean 4.00, highest 5.00"]);
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<MainLayout> page, string name) =>
        page.FindAll(".trend button").Single(button => (button.GetAttribute("aria-label") ?? button.TextContent) == name);

    private IRenderedComponent<MainLayout> OpenAt(string address)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        return Open<SensorPage>(
            Some.Fleet([Some.Sensor(), Some.Sensor("VB-2"), Some.Sensor("VB-3", "Hall 2, Pump 1")]), (nameof(SensorPage.SensorId), "VB-1"));
    }
}
