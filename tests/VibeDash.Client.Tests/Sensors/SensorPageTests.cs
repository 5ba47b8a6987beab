using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;
using VibeDash.Client.Live;
using VibeDash.Client.Sensors;
using VibeDash.Client.Shell;
using VibeDash.Client.Trends;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Readings;
using VibeDash.Core.Trends;

namespace VibeDash.Client.Tests.Sensors;

public sealed class SensorPageTests : PageTest
{
    private readonly List<(DateTimeOffset From, DateTimeOffset? To, int Points)> _asked = [];

    private ChartPoints Points => Updates[^1].Panels[0].Series[0].Points;

    private List<ChartData> Updates => [.. Chart.Invocations["update"].Select(call => (ChartData)call.Arguments[0]!)];

    [Fact]
    public void The_chart_receives_history_baseline_thresholds_and_alert_spans()
    {
        var alert = Some.Alert(state: AlertState.ReturnedUnacknowledged) with { RaisedAt = Some.Time.AddMinutes(-5), ClearedAt = Some.Time.AddMinutes(-2) };
        Answer((from, to) => Some.History(from, to, alerts: [alert], buckets: [Bucket(-10, 3), Bucket(-9, 5), Bucket(-8, 4)]) with
        {
            Limits = [new(from, null, 4, [new(Severity.Warning, 8), new(Severity.Critical, 12)])],
        });

        OpenAt("sensors/VB-1?range=15m");

        _asked.ShouldBe([(Some.Time.AddMinutes(-15), null, ChartWidth)], "up to what is newest, whatever this page's clock says");
        Points.Mean.ShouldBe([3, 5, 4]);
        Points.Min.ShouldBe([2, 4, 3]);
        Points.Max.ShouldBe([4, 6, 5]);
        (Updates[^1].Panels[0].Series[0].Unit, Updates[^1].Panels[0].Series[0].Baseline).ShouldBe(("m/s²", 4));
        (Updates[^1].From, Updates[^1].To).ShouldBe((Ms(Some.Time.AddMinutes(-15)), Ms(Some.Time)));
        var (start, end) = (Updates[^1].From, Updates[^1].To);
        Updates[^1].Panels[0].Thresholds.ShouldBe(
            [new(4, "baseline", "m/s²", start, end), new(8, "warning", "m/s²", start, end), new(12, "critical", "m/s²", start, end)]);
        Updates[^1].Panels[0].Spans.ShouldBe([new(Ms(Some.Time.AddMinutes(-5)), Ms(Some.Time.AddMinutes(-2)), "critical")]);
    }

    [Fact]
    public void The_chart_shades_the_times_in_which_the_condition_held_and_not_those_between()
    {
        var alert = Some.Alert() with { FirstRaisedAt = Some.Time.AddMinutes(-20), RaisedAt = Some.Time.AddMinutes(-2), PreviousClearedAt = Some.Time.AddMinutes(-12), Raises = 2 };
        Answer((from, to) => Some.History(from, to, alerts: [alert]) with
        {
            Spans =
            [
                new(1, alert.Kind, Severity.Warning, Some.Time.AddMinutes(-20), Some.Time.AddMinutes(-12)), new(1, alert.Kind, Severity.Critical, Some.Time.AddMinutes(-2), null),
            ],
        });
        OpenAt("sensors/VB-1?range=15m");
        ChartSpan[] Shaded() => [.. Updates[^1].Panels[0].Spans];
        Shaded().ShouldBe([Span(-2, 0, "critical"), Span(-15, -12, "warning")]);

        // It clears, and comes back.
        Feed.Send(Some.Change(1, alert with { Facts = Some.Facts(AlertState.ReturnedUnacknowledged), ClearedAt = Some.Time.AddMinutes(-1) }));
        Beat();
        Shaded().ShouldBe([Span(-2, -1, "critical"), Span(-15, -12, "warning") with { From = Updates[^1].From }]);
        Feed.Send(Some.Change(2, alert with { RaisedAt = Some.Time.AddSeconds(-30), PreviousClearedAt = Some.Time.AddMinutes(-1), Raises = 3 }));
        Beat();
        Shaded().Select(span => span.From).ShouldBe([Ms(Some.Time.AddMinutes(-2)), Ms(Some.Time.AddSeconds(-30)), Updates[^1].From]);

        static ChartSpan Span(double from, double to, string severity) => new(Ms(Some.Time.AddMinutes(from)), Ms(Some.Time.AddMinutes(to)), severity);
    }

    [Fact]
    public void What_was_not_good_is_hatched_and_what_is_not_good_now_until_now()
    {
        var from = Ms(Some.Time.AddMinutes(-15));
        Answer((start, to) => Some.History(start, to, buckets: [Bucket(-10, 3)]) with
        {
            NotGood = [new(from - 60_000, from + 60_000, ReadingQuality.Stale), new(from + 120_000, from + 180_000, ReadingQuality.Bad)],
        });

        var page = OpenAt("sensors/VB-1?range=15m", Some.Sensor(at: Some.Time.AddMinutes(-5)) with { NotGoodSince = Some.Time.AddMinutes(-4), Quality = ReadingQuality.Uncertain });

        Updates[^1].Panels[0].NotGood.ShouldBe(
            [new(from, from + 60_000, "stale"), new(from + 120_000, from + 180_000, "bad"), new(Ms(Some.Time.AddMinutes(-4)), Ms(Some.Time), "uncertain")]);
        page.Find(".sensor-header .condition-word").TextContent.ShouldBe("Bad quality");
        page.Find(".sensor-aside").TextContent.ShouldStartWith("It sends, but the quality of its readings is uncertain since ");
        page.Find(".sensor-now strong").TextContent.ShouldBe("4.10");
    }

    [Fact]
    public void A_sensor_without_any_good_reading_shows_no_level()
    {
        Answer((from, to) => Some.History(from, to));

        var page = OpenAt("sensors/VB-1?range=15m", Some.Sensor(level: 25) with { NotGoodSince = Some.Time, Quality = ReadingQuality.Bad });

        page.Find(".sensor-now strong").TextContent.ShouldBe("–");
        page.Find(".sensor-now-ratio").TextContent.Trim().ShouldStartWith("–");
    }

    [Theory]
    [InlineData(LevelEvaluation.Never, null, "no level rule in force applies to it")]
    [InlineData(LevelEvaluation.WithBaseline, null, "the rules need its baseline, which is not known")]
    [InlineData(LevelEvaluation.WithBaseline, 12, "the rules need its baseline, which is being learned (12 readings so far)")]
    public void A_level_that_no_rule_evaluates_is_said_to_be_so_with_the_reason(LevelEvaluation evaluation, int? learned, string reason)
    {
        var page = OpenAt("sensors/VB-1?range=1h", Some.Sensor(level: 25, baseline: 0) with { Evaluation = evaluation, Learning = learned is { } readings ? new(readings, 0.1, 0, null) : null });

        page.Find(".sensor-header .condition-word").TextContent.ShouldBe("Not evaluated");
        page.Find(".sensor-aside").TextContent.ShouldBe($"Its level is not evaluated: {reason}.");
    }

    [Fact]
    public void A_critical_level_that_is_not_confirmed_is_said_to_be_so()
    {
        var page = OpenAt("sensors/VB-1?range=1h", Some.Sensor(level: 13) with { IsCriticalUnconfirmed = true });

        page.Find(".sensor-header .condition-word").TextContent.ShouldBe("Critical, unconfirmed");
        page.Find(".sensor-aside").TextContent.ShouldBe("Its latest level is beyond the Critical threshold. It is an alert once the readings after it confirm it.");
    }

    [Fact]
    public void Out_of_service_is_said_on_the_page_of_the_sensor() =>
        OpenAt("sensors/VB-1?range=1h", Some.Sensor() with { IsOutOfService = true }).Find(".sensor-aside").TextContent.ShouldStartWith("Out of service: its alerts notify nobody.");

    [Fact]
    public void A_gap_in_the_history_is_a_gap_in_the_chart()
    {
        Answer((from, to) => Some.History(from, to, buckets: [Bucket(-40, 3), Bucket(-39, 3), Bucket(-38, 3), Bucket(-10, 5), Bucket(-9, 5)]));

        OpenAt("sensors/VB-1?range=1h");

        Points.Mean.ShouldBe([3, 3, 3, double.NaN, 5, 5]);
        Points.Times.ShouldBeInOrder();
    }

    [Fact]
    public void Watching_begins_before_history_is_asked_for_and_what_comes_meanwhile_is_joined_on()
    {
        var answer = new TaskCompletionSource<TrendHistory[]>();
        Api.GetHistoriesAsync([], default, default, default, Xunit.TestContext.Current.CancellationToken).ReturnsForAnyArgs(_ =>
        {
            Feed.Calls.Add("history");
            return answer.Task;
        });
        var page = OpenAt("sensors/VB-1?range=15m");
        Feed.Calls.IndexOf("watch VB-1").ShouldBeInRange(0, Feed.Calls.IndexOf("history") - 1);

        Feed.Send(Some.Tick(sequence: 6, level: 9, at: Some.Time));
        answer.SetResult([Some.History(Some.Time.AddMinutes(-15), Some.Time, sequence: 5, buckets: [Bucket(-10, 3)])]);

        page.WaitForAssertion(() => Points.Mean.Last().ShouldBe(9));
    }

    [Fact]
    public void Thousands_of_ticks_keep_the_points_bounded_and_the_chart_is_updated_at_most_twice_a_second()
    {
        Answer((from, to) => Some.History(from, to));
        OpenAt("sensors/VB-1?range=15m");

        const int Seconds = 1000;
        for (var i = 0; i < Seconds * 4; i++)
        {
            Time.Advance(TimeSpan.FromMilliseconds(250));
            Feed.Send(Some.Tick(sequence: 6 + i, level: i % 7, at: Some.Time.AddMilliseconds(250 * (i + 1))));
        }

        Updates.Count.ShouldBeInRange(Seconds / 2, Seconds * 2);
        Updates.Max(update => update.Panels[0].Series[0].Points.Times.Length).ShouldBeInRange(150, ChartWidth);
        Updates[^1].To.ShouldBeInRange(Ms(Some.Time.AddSeconds(Seconds - 2)), Ms(Some.Time.AddSeconds(Seconds)));
        (Updates[^1].To - Updates[^1].From).ShouldBe((long)TimeSpan.FromMinutes(15).TotalMilliseconds);
        _asked.Count.ShouldBe(1);
    }

    [Fact]
    public void A_burst_of_ticks_is_one_update()
    {
        Answer((from, to) => Some.History(from, to));
        OpenAt("sensors/VB-1?range=15m");
        Time.Advance(TimeSpan.FromSeconds(10));
        var before = Updates.Count;

        for (var i = 0; i < 50; i++)
            Feed.Send(Some.Tick(sequence: 6 + i, level: i));
        Time.Advance(TimeSpan.FromMilliseconds(800));

        (Updates.Count - before).ShouldBeInRange(1, 2);
        Points.Max.Max().ShouldBe(49);
    }

    [Fact]
    public void Readings_that_were_missed_are_fetched()
    {
        Answer((from, to) => _asked.Count == 1 ? Some.History(from, to, sequence: 5) : Some.History(from, to, sequence: 20, buckets: [Bucket(-1, 6)]));
        OpenAt("sensors/VB-1?range=15m");

        Feed.Send(Some.Tick(sequence: 20, count: 1));

        _asked.Count.ShouldBe(2);
        Beat();
        Points.Mean.ShouldBe([6]);
    }

    [Fact]
    public void Readings_that_came_in_the_picture_a_watch_begins_with_are_fetched()
    {
        Answer((from, to) => _asked.Count == 1 ? Some.History(from, to, sequence: 5) : Some.History(from, to, sequence: 9, buckets: [Bucket(-1, 6)]));
        OpenAt("sensors/VB-1?range=15m");

        Feed.Send(Some.Sensor(sequence: 5), Some.Sensor("VB-2", sequence: 9));
        _asked.Count.ShouldBe(1);
        Feed.Send(Some.Sensor(sequence: 9));

        _asked.Count.ShouldBe(2);
        Beat();
        Points.Mean.ShouldBe([6]);
    }

    [Fact]
    public void A_reconnect_fetches_history_anew()
    {
        Answer((from, to) => Some.History(from, to));
        OpenAt("sensors/VB-1");

        Feed.Become(LiveConnection.Reconnecting);
        Feed.Become(LiveConnection.Connected);

        _asked.Count.ShouldBe(2);
    }

    [Fact]
    public void A_server_that_is_away_is_asked_again_and_the_page_says_why()
    {
        var away = true;
        Answer((from, to) => away ? throw new HttpRequestException("Connection refused.") : Some.History(from, to, buckets: [Bucket(-1, 6)]));
        var page = OpenAt("sensors/VB-1");
        page.Find(".trend .notice").TextContent.ShouldContain("Connection refused.");

        away = false;
        Time.Advance(TimeSpan.FromSeconds(2));

        page.WaitForAssertion(() => page.FindAll(".trend .notice").ShouldBeEmpty());
        Points.Mean.ShouldBe([6]);
    }

    [Fact]
    public void Another_range_replaces_what_is_watched_and_keeps_the_chart()
    {
        Answer((from, to) => Some.History(from, to));
        var page = OpenAt("sensors/VB-1?range=15m");
        var subscriptions = Feed.Subscriptions;

        page.FindAll(".segments a").Single(link => link.TextContent == "24 h").GetAttribute("href").ShouldBe("sensors/VB-1?range=1d");
        Services.GetRequiredService<NavigationManager>().NavigateTo("sensors/VB-1?range=1d");

        page.Find("nav[aria-label=Range] a[aria-current]").TextContent.ShouldBe("24 h");
        _asked[^1].From.ShouldBe(Some.Time.AddHours(-24));
        ChartScript.VerifyInvoke("create", 1, "the same chart shows it");
        (Updates[^1].To - Updates[^1].From).ShouldBe((long)TimeSpan.FromHours(24).TotalMilliseconds);
        Feed.Subscriptions.ShouldBe(subscriptions);
        Feed.Watched.Count(what => what == "VB-1").ShouldBe(1);
    }

    [Fact]
    public async Task Leaving_the_page_destroys_the_chart_and_ends_watch_and_subscription()
    {
        Answer((from, to) => Some.History(from, to));
        OpenAt("sensors/VB-1");
        Feed.Watched.ShouldContain("VB-1");

        await DisposeComponentsAsync();

        Chart.VerifyInvoke("destroy");
        Feed.Watched.ShouldNotContain("VB-1");
        Feed.Subscriptions.ShouldBe(1, "only the shared picture of the fleet still listens");
    }

    [Fact]
    public void A_sensor_that_has_been_silent_for_longer_than_the_range_offers_the_range_up_to_its_latest_reading()
    {
        var seed = new DateTimeOffset(2023, 9, 29, 16, 30, 25, TimeSpan.Zero);
        Answer((from, to) => Some.History(from, to));

        var page = OpenAt("sensors/VB-1?range=1h", Some.Sensor(level: 12.5, at: seed));

        page.Find(".notice").TextContent.ShouldContain("The latest reading is older than this range");
        var offered = page.Find(".notice a").GetAttribute("href")!;
        Services.GetRequiredService<NavigationManager>().NavigateTo(offered);
        _asked[^1].From.ShouldBe(seed.AddMinutes(1).AddHours(-1), "a little of what follows is shown, or the reading were on the frame");
        _asked[^1].To.ShouldBe(seed.AddMinutes(1));
        page.FindAll(".range-entry input").Select(input => input.GetAttribute("value")).ShouldBe(["2023-09-29 17:31:25", "2023-09-29 18:31:25"]);
        page.FindAll(".range-moves a").Single(link => link.TextContent == "Back to live").GetAttribute("href").ShouldBe("sensors/VB-1?range=1h");
    }

    [Fact]
    public void The_figures_of_the_chart_can_be_read_as_text()
    {
        Answer((from, to) => Some.History(from, to, buckets: [Bucket(-10, 3), Bucket(-9, 5)]));

        var page = OpenAt("sensors/VB-1?range=15m");

        var figures = page.Find(".trend-figures").TextContent;
        figures.ShouldContain("Lowest 2.00 m/s²");
        figures.ShouldContain("Mean 4.00 m/s²");
        figures.ShouldContain("Highest 6.00 m/s² around");
        figures.ShouldContain("2 readings");
        page.Find(".trend-canvas").GetAttribute("aria-hidden").ShouldBe("true");
    }

    [Fact]
    public void The_header_tells_what_is_known_of_the_sensor()
    {
        Answer((from, to) => Some.History(from, to));

        var page = OpenAt("sensors/VB-1", Some.Sensor(level: 12.5));

        page.Find(".sensor-now").TextContent.ShouldContain("12.5");
        page.Find(".sensor-now").TextContent.ShouldContain("3.1×");
        page.Find(".sensor-place").TextContent.ShouldBe("Line B, Conveyor 4");
        page.Find(".facts").TextContent.ShouldContain("VibroMonitor Pro X1");
        page.Find(".facts").TextContent.ShouldContain("2025-06-15");
        page.Find(".facts").TextContent.ShouldNotContain("Clock");
    }

    [Fact]
    public void The_header_tells_how_far_the_clock_of_a_sensor_is_ahead()
    {
        Answer((from, to) => Some.History(from, to));

        var page = OpenAt("sensors/VB-1", Some.Sensor() with { ClockOffsetSeconds = 243 });

        page.FindAll(".facts div").Single(fact => fact.QuerySelector("dt")!.TextContent == "Clock").QuerySelector("dd")!.TextContent.ShouldBe("4 min 3 s ahead");
    }

    [Fact]
    public void The_header_of_an_offline_sensor_says_since_when_and_who_says_so()
    {
        Answer((from, to) => Some.History(from, to));

        var page = OpenAt("sensors/VB-1", Some.Sensor(offlineSince: Some.Time.AddMinutes(12)));

        page.Find(".sensor-header.is-offline .condition-word").TextContent.ShouldBe("Offline");
        page.Find(".sensor-header .sensor-offline").TextContent.ShouldBe("Offline since 2026-03-01 05:12:00, reported by its broker or gateway");
    }

    [Fact]
    public void An_alert_raised_now_joins_the_list_and_the_chart()
    {
        Answer((from, to) => Some.History(from, to, buckets: [Bucket(-1, 3)]));
        var page = OpenAt("sensors/VB-1");

        Time.Advance(TimeSpan.FromSeconds(5));
        Feed.Send(Some.Change(1, Some.Alert(7)), Some.Change(2, Some.Alert(8, "VB-2")));
        Beat();

        page.FindAll("main .alert-row").Count.ShouldBe(1);
        Updates[^1].Panels[0].Spans.ShouldHaveSingleItem().Severity.ShouldBe("critical");
    }

    [Fact]
    public void A_sensor_nobody_knows_is_said_to_be_unknown()
    {
        Api.GetHistoriesAsync([], default, default, default, Xunit.TestContext.Current.CancellationToken).ReturnsForAnyArgs([]);
        Services.GetRequiredService<NavigationManager>().NavigateTo("sensors/<i>x");

        var page = Open<SensorPage>(Some.Fleet(), (nameof(SensorPage.SensorId), "<i>x"));

        page.Find("h1").TextContent.ShouldBe("Sensor not known");
        page.Find("main code").TextContent.ShouldBe("<i>x");
    }

    private static long Ms(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    private static TrendBucket Bucket(int minutes, double mean) => new(Ms(Some.Time.AddMinutes(minutes)), 1, mean - 1, mean + 1, mean);

    private void Answer(Func<DateTimeOffset, DateTimeOffset, TrendHistory> history) =>
        Api.GetHistoriesAsync(Arg.Any<IReadOnlyCollection<string>>(), Arg.Any<DateTimeOffset>(), Arg.Any<DateTimeOffset?>(), Arg.Any<int>(), Arg.Any<CancellationToken>()).Returns(call =>
        {
            var (from, to) = (call.ArgAt<DateTimeOffset>(1), call.ArgAt<DateTimeOffset?>(2));
            _asked.Add((from, to, call.ArgAt<int>(3)));
            return [history(from, to ?? Time.GetUtcNow())];
        });

    private IRenderedComponent<MainLayout> OpenAt(string address, SensorSnapshot? sensor = null)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        return Open<SensorPage>(Some.Fleet([sensor ?? Some.Sensor()]), (nameof(SensorPage.SensorId), "VB-1"));
    }
}
