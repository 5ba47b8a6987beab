using System.Globalization;
using AngleSharp.Dom;
using Bunit;
using Microsoft.JSInterop;
using VibeDash.Client.Fleet;
using VibeDash.Core.Alerts;

namespace VibeDash.Client.Tests.Fleet;

public sealed class FleetPageTests : PageTest
{
    [Fact]
    public void Sensors_are_grouped_by_place_and_machine_the_worst_first()
    {
        var page = Open<FleetPage>(Some.Fleet(
            [
                Some.Sensor("A-1", "Hall A, Pump"), Some.Sensor("A-2", "Hall A, Fan"),
                Some.Sensor("B-1", "Hall B, Press"), Some.Sensor("B-2", "Hall B, Drill"), Some.Sensor("B-3", "Hall B, Press"),
                Some.Sensor("C-1", "Hall C, Mill", at: Some.Time.AddHours(-3)),
            ],
            [Some.Alert(1, "B-3"), Some.Alert(2, "A-1", Severity.Warning)]));

        page.FindAll(".place > h2").Select(h => h.TextContent).ShouldBe(["Hall B", "Hall A", "Hall C"]);
        page.FindAll(".machine > h3").Select(h => h.TextContent).ShouldBe(["Press", "Drill", "Pump", "Fan", "Mill"]);
        page.FindAll(".sensor-name a").Select(a => a.TextContent).ShouldBe(["B-3", "B-1", "B-2", "A-1", "A-2", "C-1"]);
        page.FindAll(".summary-count").Select(count => string.Join(' ', count.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
            .ShouldBe(["1 critical", "1 warning", "1 stale", "3 normal"]);
    }

    [Fact]
    public void Sensors_whose_alerts_reach_nobody_are_counted_for_themselves_and_not_as_normal()
    {
        var page = Open<FleetPage>(Some.Fleet(
            [
                Some.Sensor("A-1") with { IsOutOfService = true }, Some.Sensor("A-2"), Some.Sensor("A-3") with { Evaluation = LevelEvaluation.Never },
                Some.Sensor("A-4", at: Some.Time.AddHours(-3)) with { Evaluation = LevelEvaluation.Never }, Some.Sensor("A-5"),
            ],
            [Some.Alert(1, "A-2", state: AlertState.Shelved)]));

        page.FindAll(".summary-count").Select(count => string.Join(' ', count.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
            .ShouldBe(["0 critical", "0 warning", "1 stale", "2 not evaluated", "1 out of service", "1 shelved", "1 normal"]);
        page.FindAll(".condition-word").Select(word => word.TextContent).ShouldBe(["Stale", "Not evaluated", "Not evaluated", "Out of service", "Shelved", "Normal"]);
        page.Find(".system-notice strong").TextContent.ShouldBe("No rule compares the level of 2 sensors with a threshold.");
    }

    [Fact]
    public void A_sensor_shows_its_level_unit_ratio_trend_and_age()
    {
        var page = Open<FleetPage>(Some.Fleet([Some.Sensor(level: 8.246, baseline: 4, at: Some.Time.AddSeconds(-25))]));

        page.Find(".sensor-level strong").TextContent.ShouldBe("8.25");
        page.Find(".sensor-level .unit").TextContent.ShouldBe("m/s²");
        page.Find(".sensor-ratio").TextContent.ShouldContain("2.1×");
        page.Find(".arrow .visually-hidden").TextContent.ShouldBe("Steady");
        page.Find(".sensor-age").TextContent.ShouldEndWith("20 s");
    }

    [Fact]
    public void A_tick_updates_the_sensor_it_is_about_and_draws_no_other()
    {
        var page = Open<FleetPage>(Some.Fleet([Some.Sensor("VB-1", level: 4.1), Some.Sensor("VB-2", level: 3.3)]));
        var others = page.FindComponents<SensorRow>().Single(row => row.Markup.Contains("VB-2")).RenderCount;

        Feed.Send(Some.Tick("VB-1", level: 7.77));
        Beat();

        page.FindAll(".sensor-level strong").Select(level => level.TextContent).ShouldBe(["7.77", "3.30"]);
        page.FindComponents<SensorRow>().Single(row => row.Markup.Contains("VB-2")).RenderCount.ShouldBe(others);
    }

    [Fact]
    public async Task A_large_fleet_is_drawn_in_slices_to_its_end()
    {
        var page = Open<FleetPage>(Some.Fleet([.. Enumerable.Range(1, 40).Select(number => Some.Sensor($"VB-{number}", $"Hall, Pump {number}", level: 4.1))]));
        await page.InvokeAsync(() => Observer.SawAsync([.. page.FindAll("[data-card]").Select(CardNumber)], []));

        // Every read of the clock takes half a slice.
        Time.AutoAdvanceAmount = MachineCards.Slice / 2;
        Feed.Send([.. Enumerable.Range(1, 40).Select(number => Some.Tick($"VB-{number}", level: 7.77))]);
        Beat();
        page.FindAll(".sensor-level strong").ShouldContain(level => level.TextContent == "4.10");

        while (page.FindAll(".sensor-level strong").Any(level => level.TextContent != "7.77"))
        {
            Xunit.TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            Time.Advance(TimeSpan.FromMilliseconds(1));
            await Task.Yield();
        }
    }

    [Fact]
    public void Cards_out_of_view_are_drawn_in_turn()
    {
        var page = Open<FleetPage>(Some.Fleet([.. Enumerable.Range(1, 40).Select(number => Some.Sensor($"VB-{number}", $"Hall, Pump {number}", level: 4.1))]));
        int Drawn() => page.FindAll(".sensor-level strong").Count(level => level.TextContent == "7.77");

        Time.AutoAdvanceAmount = MachineCards.Slice / 8;
        Feed.SendOverview([.. Enumerable.Range(1, 40).Select(number => Some.Tick($"VB-{number}", level: 7.77))]);
        Beat();
        Drawn().ShouldBeInRange(1, 8);
        for (var i = 0; i < 40; i++)
            Beat();

        Drawn().ShouldBe(40);
    }

    [Fact]
    public async Task The_sensors_in_view_are_watched_and_no_others()
    {
        var page = Open<FleetPage>(Some.Fleet([Some.Sensor("VB-1", "Hall, Fan"), Some.Sensor("VB-2", "Hall, Mill"), Some.Sensor("VB-3", "Hall, Pump"), Some.Sensor("VB-4", "Hall, Pump")]));
        var cards = page.FindAll("[data-card]").Select(CardNumber).ToArray();
        Feed.Watched.ShouldBe(["overview"]);

        await page.InvokeAsync(() => Observer.SawAsync([cards[0], cards[1]], []));
        Feed.Watched.ShouldBe(["overview", "VB-1", "VB-2"], ignoreOrder: true);
        await page.InvokeAsync(() => Observer.SawAsync([cards[2]], [cards[0]]));
        Feed.Watched.ShouldBe(["overview", "VB-1", "VB-2", "VB-3", "VB-4"], ignoreOrder: true);

        // A removed item may return soon.
        for (var i = 0; i < 11; i++)
            Beat();
        Feed.Watched.ShouldBe(["overview", "VB-2", "VB-3", "VB-4"], ignoreOrder: true);

        await DisposeComponentsAsync();
        Feed.Watched.ShouldNotContain("VB-2");
    }

    [Fact]
    public void The_order_follows_the_conditions_at_once_and_then_rests_for_a_while()
    {
        var page = Open<FleetPage>(Some.Fleet([Some.Sensor("A-1", "Hall A, Fan"), Some.Sensor("B-1", "Hall B, Fan"), Some.Sensor("C-1", "Hall C, Fan")]));
        IEnumerable<string> Order() => page.FindAll(".sensor-name a").Select(link => link.TextContent);

        Feed.Send(Some.Change(1, Some.Alert(1, "B-1", Severity.Warning)));
        Beat();
        Order().ShouldBe(["B-1", "A-1", "C-1"]);

        Feed.Send(Some.Change(2, Some.Alert(2, "C-1")));
        Beat();
        Order().ShouldBe(["B-1", "A-1", "C-1"]);
        page.Find(".place:last-of-type .condition-word").TextContent.ShouldBe("Critical");
        page.Find(".summary-count.is-critical strong").TextContent.ShouldBe("1");

        for (var i = 0; i < 15; i++)
            Beat();
        Order().ShouldBe(["C-1", "B-1", "A-1"]);
    }

    [Fact]
    public void An_alert_draws_the_card_it_is_about_and_no_other()
    {
        var page = Open<FleetPage>(Some.Fleet([Some.Sensor("A-1", "Hall A, Fan"), Some.Sensor("A-2", "Hall A, Pump"), Some.Sensor("B-1", "Hall B, Fan")]));
        int Drawn(string sensor) => page.FindComponents<MachineCard>().Single(card => card.Markup.Contains(sensor)).RenderCount;
        var (mine, neighbour, other) = (Drawn("A-1"), Drawn("A-2"), Drawn("B-1"));

        Feed.Send(Some.Change(1, Some.Alert(1, "A-1")));
        Beat();

        Drawn("A-1").ShouldBe(mine + 1);
        Drawn("A-2").ShouldBe(neighbour);
        Drawn("B-1").ShouldBe(other);
    }

    [Fact]
    public async Task A_sensor_that_comes_into_view_is_drawn_as_it_stands()
    {
        var page = Open<FleetPage>(Some.Fleet([Some.Sensor(level: 4.1)]));
        page.Find(".sparkline path").GetAttribute("d").ShouldBeEmpty();

        await page.InvokeAsync(() => Observer.SawAsync([CardNumber(page.Find("[data-card]"))], []));
        Feed.Send(Some.Sensor(level: 4.1) with { Sparkline = [new(1, 4.0), new(2000, 4.1)] });
        Beat();

        page.Find(".sparkline path").GetAttribute("d").ShouldNotBeEmpty();
    }

    [Fact]
    public void A_sensor_that_falls_silent_is_marked_in_words()
    {
        var page = Open<FleetPage>(Some.Fleet());
        page.Find(".condition-word").TextContent.ShouldBe("Normal");

        for (var i = 0; i < 61; i++)
            Beat();

        page.Find(".condition-word").TextContent.ShouldBe("Stale");
        page.Find(".sensor-age").TextContent.ShouldEndWith("1 min");
    }

    [Fact]
    public void A_silent_sensor_with_an_alert_is_marked_as_both()
    {
        var page = Open<FleetPage>(Some.Fleet([Some.Sensor(at: new(2023, 9, 29, 16, 30, 25, TimeSpan.Zero))], [Some.Alert()]));

        page.FindAll(".sensor-row .condition-word").Select(word => word.TextContent).ShouldBe(["Critical", "Stale"]);
        page.Find(".sensor-age").TextContent.ShouldEndWith("2 y");
    }

    [Fact]
    public void A_sensor_that_is_said_to_be_offline_is_marked_at_once_and_by_its_next_reading_no_more()
    {
        var page = Open<FleetPage>(Some.Fleet([Some.Sensor("VB-1"), Some.Sensor("VB-2")]));

        Feed.Send(Some.Sensor("VB-1", offlineSince: Some.Time.AddSeconds(12)));
        Beat();

        page.FindAll(".sensor-name a").Select(a => a.TextContent).ShouldBe(["VB-1", "VB-2"]);
        page.FindAll(".condition-word").Select(word => word.TextContent).ShouldBe(["Offline", "Normal"]);
        page.Find(".sensor-row.is-offline.is-silent .sensor-offline").TextContent.ShouldBe("since 05:00");
        page.Find(".machine").ClassList.ShouldContain("is-offline");
        page.Find(".summary-count.is-offline strong").TextContent.ShouldBe("1");

        // Measured before the report: it changes nothing.
        Feed.Send(Some.Tick("VB-1", sequence: 6, at: Some.Time.AddSeconds(12)));
        Beat();
        page.FindAll(".condition-word").Select(word => word.TextContent).ShouldBe(["Offline", "Normal"]);

        Feed.Send(Some.Tick("VB-1", sequence: 7, at: Some.Time.AddSeconds(13)));
        Beat();
        page.FindAll(".condition-word").Select(word => word.TextContent).ShouldBe(["Normal", "Normal"]);
        page.FindAll(".sensor-offline").ShouldBeEmpty();
        page.FindAll(".summary-count.is-offline").ShouldBeEmpty();
    }

    [Fact]
    public void An_offline_sensor_is_not_called_stale_as_well_and_its_alert_comes_first()
    {
        var page = Open<FleetPage>(Some.Fleet(
            [Some.Sensor("VB-1", at: Some.Time.AddDays(-1), offlineSince: Some.Time.AddHours(-9)), Some.Sensor("VB-2", at: Some.Time.AddDays(-1), offlineSince: Some.Time.AddHours(-1))],
            [Some.Alert(sensor: "VB-2")]));

        page.FindAll(".sensor-row .condition-word").Select(word => word.TextContent).ShouldBe(["Critical", "Offline", "Offline"]);
        page.FindAll(".sensor-offline").Select(since => since.TextContent).ShouldBe(["since 04:00", "since 2026-02-28 20:00"]);
    }

    [Fact]
    public void A_critical_level_is_shown_as_unconfirmed_at_once_and_no_more_with_the_next_one_below()
    {
        var page = Open<FleetPage>(Some.Fleet());

        Feed.Send(Some.Sensor(level: 13, sequence: 6) with { IsCriticalUnconfirmed = true });
        Beat();
        page.Find(".sensor-row.is-criticalunconfirmed .condition-word").TextContent.ShouldBe("Critical, unconfirmed");
        page.Find(".machine").ClassList.ShouldContain("is-criticalunconfirmed");
        page.FindAll(".summary-count:not(.is-none)").Select(count => count.TextContent.Trim()).ShouldBe(["1 critical, unconfirmed"]);

        Feed.Send(Some.Sensor(level: 4, sequence: 7));
        Beat();
        page.Find(".sensor-row .condition-word").TextContent.ShouldBe("Normal");
    }

    [Fact]
    public void An_acknowledged_alert_is_called_so()
    {
        var page = Open<FleetPage>(Some.Fleet(alerts: [Some.Alert(state: AlertState.Acknowledged)]));

        page.Find(".sensor-row .condition-word").TextContent.ShouldBe("Critical, acknowledged");
    }

    [Fact]
    public void Markup_in_a_location_is_text()
    {
        var page = Open<FleetPage>(Some.Fleet([Some.Sensor(location: "<script>alert(1)</script>, <b>Pump</b>")]));

        page.FindAll("main script, main b").ShouldBeEmpty();
        page.Find(".place > h2").TextContent.ShouldBe("<script>alert(1)</script>");
        page.Find(".machine > h3").TextContent.ShouldBe("<b>Pump</b>");
    }

    [Fact]
    public void The_filter_finds_sensors_and_machines_and_leaves_the_summary_alone()
    {
        var page = Open<FleetPage>(Some.Fleet([Some.Sensor("A-1", "Hall A, Pump"), Some.Sensor("B-1", "Hall B, Fan")]));

        page.Find("input[type=search]").Input("pump");
        page.FindAll(".sensor-name a").ShouldHaveSingleItem().TextContent.ShouldBe("A-1");
        page.Find("input[type=search]").Input("b-");
        page.FindAll(".sensor-name a").ShouldHaveSingleItem().TextContent.ShouldBe("B-1");
        page.Find("input[type=search]").Input("");
        page.Find("select").Change("Hall A");
        page.FindAll(".sensor-name a").ShouldHaveSingleItem().TextContent.ShouldBe("A-1");
        page.Find(".summary-count.is-normal strong").TextContent.ShouldBe("2");
    }

    [Fact]
    public void A_filter_that_finds_nothing_can_be_cleared()
    {
        var page = Open<FleetPage>(Some.Fleet());

        page.Find("input[type=search]").Input("nothing");
        page.FindAll(".sensor-row").ShouldBeEmpty();
        page.Find("main .panel button").Click();

        page.FindAll(".sensor-row").Count.ShouldBe(1);
    }

    [Fact]
    public void Without_sensors_the_page_gives_the_line_that_sends_the_first_reading()
    {
        var copied = JSInterop.SetupVoid("navigator.clipboard.writeText", _ => true);
        copied.SetVoidResult();
        var page = Open<FleetPage>(Some.Fleet([]));

        page.Find(".empty-fleet").TextContent.ShouldContain("plant.local:1883");
        page.Find(".empty-fleet .command").TextContent.ShouldBe(Some.Status().PublishExample);
        page.Find(".empty-fleet button").Click();

        JSInterop.VerifyInvoke("navigator.clipboard.writeText").Arguments.ShouldBe([Some.Status().PublishExample]);
        page.Find(".copy-result").TextContent.ShouldBe("Copied.");
    }

    [Fact]
    public void The_first_sensor_takes_the_place_of_the_advice()
    {
        var page = Open<FleetPage>(Some.Fleet([]));

        Feed.Send(Some.Sensor("VB-7"));
        Beat();

        page.FindAll(".empty-fleet").ShouldBeEmpty();
        page.Find(".sensor-name a").TextContent.ShouldBe("VB-7");
    }

    private CardObserver Observer => ((DotNetObjectReference<CardObserver>)JSInterop.Invocations["observe"][0].Arguments[0]!).Value;

    private static int CardNumber(IElement card) => int.Parse(card.GetAttribute("data-card")!, CultureInfo.InvariantCulture);
}
