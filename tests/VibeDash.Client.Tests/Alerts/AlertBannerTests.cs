using Bunit;
using VibeDash.Client.Live;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.People;

namespace VibeDash.Client.Tests.Alerts;

public sealed class AlertBannerTests : PageTest
{
    [Fact]
    public void Shows_nothing_when_no_alert_is_open()
    {
        var page = Open(Some.Fleet());

        page.FindAll(".banner").ShouldBeEmpty();
    }

    [Fact]
    public void Shows_the_most_severe_first_and_of_these_the_newest()
    {
        var page = Open(Some.Fleet(alerts:
        [
            Some.Alert(1, "VB-1", Severity.Warning), Some.Alert(2, "VB-2"), Some.Alert(3, "VB-3"), Some.Alert(4, "VB-4", Severity.Advisory),
        ]));

        page.FindAll(".banner-alert a").Select(link => link.TextContent).ShouldBe(["VB-3", "VB-2", "VB-1"]);
        page.Find(".banner-rest.on-wide a").TextContent.ShouldBe("1 more not acknowledged");
        page.Find(".banner-rest.on-phone a").TextContent.ShouldBe("3 more not acknowledged");
        page.Find(".banner-rest a").GetAttribute("href").ShouldBe("alerts");
    }

    [Fact]
    public void An_alert_that_concerns_other_places_too_is_shown_and_not_acknowledged_there()
    {
        Person = new("Tom", [Permission.View, Permission.Act]) { Places = ["Hall 1"] };
        var page = Open(Some.Fleet(alerts: [Some.Alert(1, CommonSubject.All), Some.Alert(2, CommonSubject.OfPlace("Hall 1, Line 2")), Some.Alert(3, "VB-3")]));

        page.FindAll(".banner-alert").Count.ShouldBe(3);
        page.FindAll(".banner-alert button").Count(button => button.TextContent == "Acknowledge").ShouldBe(2);
        page.Find(".places-notice").TextContent.ShouldBe("You see the sensors at Hall 1 only.");
        page.FindAll("nav[aria-label=Main] a").Select(link => link.TextContent.Trim()).ShouldNotContain("Connections");
    }

    [Fact]
    public void Says_which_machine_how_far_over_the_threshold_and_since_when()
    {
        var page = Open(Some.Fleet(alerts: [Some.Alert()]));

        var text = page.Find(".banner-alert").TextContent;
        text.ShouldContain("Critical");
        text.ShouldContain("Conveyor 4");
        text.ShouldContain("12.5 m/s² over the threshold of 12.0 m/s²");
        text.ShouldContain("5 min ago");
        page.Find(".banner-alert a").GetAttribute("href").ShouldBe("sensors/VB-1");
    }

    [Theory]
    [InlineData("sender/spBv1.0/plant/gw-7", "Gateway spBv1.0/plant/gw-7")]
    [InlineData("place/Line B", "Place Line B")]
    [InlineData("all/sensors", "All sensors")]
    public void A_silence_of_several_sensors_is_one_line_that_leads_to_their_list(string subject, string name)
    {
        var common = Some.Alert(7, subject, Severity.Warning, level: 35, kind: ConditionKind.NoData) with { Threshold = 40, Unit = CommonSubject.Unit };
        var page = Open(Some.Fleet(alerts: [common, Some.Alert(8, "VB-1", kind: ConditionKind.NoData, state: AlertState.SuppressedByDesign)]));

        page.FindAll(".banner-alert a").ShouldHaveSingleItem().TextContent.ShouldBe(name);
        page.Find(".banner-level").TextContent.ShouldBe("silent: 35 of 40 sensors");
        page.Find(".banner-alert a").GetAttribute("href").ShouldBe("alerts/7");
    }

    [Fact]
    public void An_alert_appears_at_once_and_is_announced_once()
    {
        var page = Open(Some.Fleet());
        page.Find("[role=alert]").TextContent.ShouldBeEmpty();

        Feed.Send(Some.Change(1, Some.Alert(level: 12.5)));

        page.Find(".banner-alert a").TextContent.ShouldBe("VB-1");
        var announced = page.Find("[role=alert]").TextContent;
        announced.ShouldBe("Critical alert: VB-1, Conveyor 4, 12.5 m/s² over the threshold of 12.0 m/s².");
        Beat();
        page.Find("[role=alert]").TextContent.ShouldBe(announced);
    }

    [Fact]
    public void The_acknowledgement_of_another_browser_is_shown_at_once_and_the_alert_stays_in_sight()
    {
        var page = Open(Some.Fleet(alerts: [Some.Alert()], journal: 1));

        Feed.Send(Some.Change(2, Some.Alert(state: AlertState.Acknowledged) with { Acknowledgement = new("M. Okafor", Some.Time.AddMinutes(-1), "Spare on order", null, 12.5) }));

        page.FindAll(".banner-alert").ShouldBeEmpty();
        var calm = string.Join(' ', page.Find(".banner-calm").TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        calm.ShouldContain("VB-1");
        calm.ShouldContain("by M. Okafor 1 min ago");
        calm.ShouldContain("Spare on order");
    }

    [Fact]
    public void An_alert_that_is_back_to_normal_leaves_the_banner()
    {
        var page = Open(Some.Fleet(alerts: [Some.Alert()], journal: 1));

        Feed.Send(Some.Change(2, Some.Alert(state: AlertState.Normal)));

        page.FindAll(".banner").ShouldBeEmpty();
    }

    [Fact]
    public void What_has_cleared_comes_after_what_holds_and_says_so()
    {
        var page = Open(Some.Fleet(alerts: [Some.Alert(1, "VB-1", state: AlertState.ReturnedUnacknowledged), Some.Alert(2, "VB-2", Severity.Advisory)]));

        page.FindAll(".banner-alert a").Select(link => link.TextContent).ShouldBe(["VB-2", "VB-1"]);
        page.FindAll(".banner-alert")[1].TextContent.ShouldContain("Cleared just now, not acknowledged");
        page.FindAll(".banner-alert button").Count.ShouldBe(2);
    }

    [Fact]
    public void One_that_came_back_says_since_when_this_time_and_how_often_it_held_before()
    {
        var page = Open(Some.Fleet(alerts:
        [
            Some.Alert() with
            {
                RaisedAt = Some.Time.AddMinutes(-2), FirstRaisedAt = Some.Time.AddMinutes(-20), PreviousClearedAt = Some.Time.AddMinutes(-12), Raises = 2,
            },
        ]));

        page.Find(".banner-age").TextContent.ShouldBe("2 min ago");
        page.Find(".banner-before").TextContent.ShouldBe("once before, first 20 min ago");
        page.Find(".banner-before").GetAttribute("title").ShouldBe("Cleared before at 2026-03-01T02:48:00Z");

        Feed.Send(Some.Change(1, Some.Alert() with { Raises = 12, FirstRaisedAt = Some.Time.AddHours(-3) }));
        page.Find(".banner-before").TextContent.ShouldBe("11 times before, first 3 h ago");
    }

    [Fact]
    public void One_that_no_rule_evaluates_any_more_says_so_and_by_whom_and_not_that_it_cleared()
    {
        var ended = Some.Alert(state: AlertState.ReturnedUnacknowledged) with
        {
            ClearedAt = Some.Time.AddMinutes(-3), ClearCause = AlertCause.Of(TransitionCause.RuleGone), ClearedBy = "Grace",
        };
        var page = Open(Some.Fleet(alerts: [ended]));

        page.Find(".banner-alert strong").TextContent.ShouldBe("No rule evaluates this any more, changed by Grace 3 min ago, not acknowledged");
        page.Find(".banner-alert").TextContent.ShouldNotContain("leared");
        page.Find(".banner-alert button").TextContent.ShouldBe("Acknowledge");

        Feed.Send(Some.Change(1, ended with { ClearCause = AlertCause.Of(TransitionCause.SensorChanged), ClearedBy = null }));
        page.Find(".banner-alert strong").TextContent.ShouldBe("No rule evaluates this any more, since the sensor's unit, model or location changed 3 min ago, not acknowledged");

        Feed.Send(Some.Change(2, ended with { ClearedBy = null }));
        page.Find(".banner-alert strong").TextContent.ShouldBe("No rule evaluates this any more, changed 3 min ago, not acknowledged", "as an earlier version recorded it");
    }

    [Fact]
    public void What_asks_for_nothing_is_not_in_the_banner()
    {
        var page = Open(Some.Fleet(alerts:
            [Some.Alert(1, state: AlertState.Shelved), Some.Alert(2, "VB-2", state: AlertState.SuppressedByDesign), Some.Alert(3, "VB-3", state: AlertState.OutOfService)]));

        page.FindAll(".banner").ShouldBeEmpty();
    }

    [Fact]
    public void One_that_gets_worse_stays_one_line_says_when_and_is_announced()
    {
        var page = Open(Some.Fleet(alerts: [Some.Alert(severity: Severity.Warning)], journal: 1));

        Feed.Send(Some.Change(2, Some.Alert() with { SeverityBefore = Severity.Warning, SeverityChangedAt = Some.Time, Chattering = new(3, 0.2, TimeSpan.FromSeconds(5)) }, AlertTrigger.Worsened));

        page.FindAll(".banner-alert").Count.ShouldBe(1);
        page.Find(".banner-change").TextContent.ShouldBe("got worse just now, was Warning");
        page.Find(".banner-alert .tag").TextContent.ShouldBe("Chattering");
        page.Find("[role=alert]").TextContent.ShouldStartWith("Critical alert: VB-1");
    }

    [Fact]
    public void In_a_flood_there_is_a_line_for_each_machine_that_acknowledges_all_of_it()
    {
        var page = Open(Some.Fleet(
            [Some.Sensor("VB-1", "Hall, Pump"), Some.Sensor("VB-2", "Hall, Fan"), Some.Sensor("VB-3", "Hall, Pump")],
            [Some.Alert(1, "VB-1", Severity.Warning), Some.Alert(2, "VB-2"), Some.Alert(3, "VB-3", Severity.Warning)],
            status: Some.Status() with { FloodSince = Some.Time }));

        page.Find(".banner-flood").TextContent.ShouldContain("3 not acknowledged on 2");
        page.FindAll(".banner-alert strong").Select(machine => machine.TextContent).ShouldBe(["Hall, Fan", "Hall, Pump"]);
        page.FindAll(".banner-alert")[1].TextContent.ShouldContain("2 alerts");
        page.FindAll(".banner-alert")[1].TextContent.ShouldContain("the oldest 5 min ago");
        page.Find("button[aria-label='Acknowledge all 2 of Hall, Pump']").Click();

        page.Find("dialog h2").TextContent.ShouldBe("Acknowledge 2 alerts");
    }

    [Fact]
    public void The_owner_and_the_expiry_of_an_acknowledgement_are_told()
    {
        var page = Open(Some.Fleet(alerts: [Some.Alert(state: AlertState.Acknowledged) with { Owner = "Ben", Acknowledgement = new("Ada", Some.Time, null, Some.Time.AddHours(2), null) }]));

        page.Find(".banner-calm").TextContent.ShouldContain(", owner: Ben");
        page.Find(".banner-calm").TextContent.ShouldContain("asks again at");
        page.Find(".banner-calm time").TextContent.ShouldBe("07:00");
    }

    [Fact]
    public void A_name_or_note_is_text_and_never_markup()
    {
        var page = Open(Some.Fleet(alerts: [Some.Alert(state: AlertState.Acknowledged) with { Acknowledgement = new("<img src=x>", Some.Time, "<script>1</script>", null, null) }]));

        page.FindAll(".banner img, .banner script").ShouldBeEmpty();
        page.Find(".banner-calm").TextContent.ShouldContain("<img src=x>");
    }

    [Fact]
    public void A_lost_connection_says_so_and_as_of_when()
    {
        var page = Open(Some.Fleet());
        page.Find(".connection").TextContent.Trim().ShouldBe("Live");

        Feed.Become(LiveConnection.Reconnecting);

        page.Find(".connection").TextContent.ShouldContain("Reconnecting");
        page.Find(".system-notice").TextContent.ShouldContain("2026-03-01 05:00:00");
        page.FindAll(".site.is-lost").Count.ShouldBe(1);
    }

    [Fact]
    public void While_the_server_catches_up_every_page_says_to_when_and_nobody_is_called_silent_who_is_not()
    {
        var page = Open<Client.Fleet.FleetPage>(Some.Fleet(
            [Some.Sensor("VB-1", at: Some.Time.AddHours(-7)), Some.Sensor("VB-2", at: Some.Time.AddDays(-3))],
            status: Some.Status() with { Backlog = new(Some.Time.AddHours(-6.9), 125) }));

        page.Find(".system-notice").TextContent.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ShouldBe(
            ["Catching up with events that waited.", "These are of 2026-02-28 22:06:00; live again in about 2 min."]);
        page.Find(".summary").TextContent.ShouldMatch(@"1\s+stale");

        Feed.Send(Some.Status());
        Feed.Send(Some.Tick("VB-1", at: Some.Time));
        Beat();

        page.FindAll(".system-notice").ShouldBeEmpty();
        page.Find(".summary").TextContent.ShouldMatch(@"1\s+stale");
    }

    [Theory]
    [InlineData(3, "; live again in a few seconds")]
    [InlineData(60, "; live again in about a minute")]
    [InlineData(5000, "; live again in about 83 min")]
    [InlineData(20_000, "; live again in about 6 h")]
    [InlineData(null, "")]
    public void How_long_it_takes_is_said_no_more_exactly_than_it_is_known(int? seconds, string words) =>
        Open(Some.Fleet(status: Some.Status() with { Backlog = new(Some.Time, seconds) })).Find(".system-notice").TextContent.ShouldContain($"05:00:00{words}.");

    [Fact]
    public void A_lost_broker_and_a_full_disk_are_named_with_their_reasons()
    {
        var page = Open(Some.Fleet());
        page.FindAll(".system-notice").ShouldBeEmpty();

        Feed.Send(Some.Status(BrokerState.Disconnected, "Connection refused.", "The disk is full."));
        Beat();

        page.FindAll(".system-notice").Select(notice => notice.TextContent.Trim()).ShouldBe(
        [
            "No connection to the MQTT broker plant.local:1883: no readings arrive. Connection refused.",
            "Readings cannot be stored: The disk is full.",
        ]);
    }
}
