using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;
using VibeDash.Client.Alerts;
using VibeDash.Client.Live;
using VibeDash.Client.Shell;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;

namespace VibeDash.Client.Tests.Alerts;

public sealed class AlertsPageTests : PageTest
{
    private readonly List<AlertQuery> _asked = [];

    [Fact]
    public void The_filters_of_the_address_are_asked_for()
    {
        Answer();

        OpenAt("alerts?severity=Warning&state=Normal&sensor=VB-1&from=2026-02-28T22:00:00Z&to=2026-03-01T00:00:00Z");

        _asked.ShouldHaveSingleItem().ShouldBe(new AlertQuery
        {
            Severity = Severity.Warning,
            State = AlertState.Normal,
            SensorId = "VB-1",
            From = Some.Time.AddHours(-5),
            To = Some.Time.AddHours(-3),
            Limit = AlertFilter.PageSize,
        });
    }

    [Fact]
    public void An_address_nobody_understands_does_not_filter()
    {
        Answer();

        OpenAt("alerts?show=all&severity=Loud&state=99&from=yesterday");

        _asked.ShouldHaveSingleItem().ShouldBe(new AlertQuery { Limit = AlertFilter.PageSize });
    }

    [Fact]
    public void A_filter_set_in_the_form_goes_to_the_address_times_in_UTC()
    {
        Answer();
        var page = OpenAt("alerts?show=all");
        var address = Services.GetRequiredService<NavigationManager>();

        page.Find("select").Change("Critical");
        address.Uri.ShouldContain("severity=Critical");
        page.Find("input[type=datetime-local]").Change("2026-03-01T05:00");

        address.Uri.ShouldContain("from=2026-03-01T03%3A00%3A00Z");
        page.Find("input[type=datetime-local]").GetAttribute("value").ShouldBe("2026-03-01T05:00");
        _asked.Last().From.ShouldBe(Some.Time);
        _asked.Last().Severity.ShouldBe(Severity.Critical);
    }

    [Fact]
    public void An_alert_shows_peak_threshold_and_who_acknowledged_it()
    {
        Answer(Some.Alert(4, state: AlertState.Acknowledged) with { PeakLevel = 13.7, Acknowledgement = new("M. Okafor", Some.Time, "<i>greased</i>", null, null) });

        var page = OpenAt("alerts?show=all");

        var row = page.Find(".alert-row").TextContent;
        row.ShouldContain("13.7 m/s²");
        row.ShouldContain("over the threshold of 12.0 m/s²");
        row.ShouldContain("M. Okafor");
        row.ShouldContain("<i>greased</i>");
        row.ShouldContain("2026-03-01 04:55:00");
        page.Find(".alert-row time").GetAttribute("title").ShouldBe("2026-03-01T02:55:00Z");
    }

    [Fact]
    public void The_journal_of_an_alert_is_fetched_when_asked_for()
    {
        var alert = Some.Alert(4);
        Answer(alert);
        Api.GetAlertAsync(4, Arg.Any<CancellationToken>()).Returns(new AlertDetail(alert,
        [
            Some.Transition(1, alert, AlertTrigger.Raised, level: 12.5),
            Some.Transition(2, alert, AlertTrigger.Acknowledged, AlertState.Unacknowledged, by: "Ada", note: "greased"),
        ]));
        var page = OpenAt("alerts?show=all");
        page.FindAll(".journal").ShouldBeEmpty();

        page.Find("button[aria-expanded]").Click();

        page.FindAll(".journal-state").Select(state => state.TextContent).ShouldBe(["Raised UNACK", "Acknowledged UNACK"]);
        page.FindAll(".journal li")[0].TextContent.ShouldContain("12.5 m/s² over the threshold of 12.0 m/s²");
        page.FindAll(".journal li")[1].TextContent.ShouldContain("by Ada");
        page.Find(".journal q").TextContent.ShouldBe("greased");
    }

    [Fact]
    public void The_page_of_a_common_alert_names_it_once_and_has_nothing_that_leads_back_to_it()
    {
        var alert = Some.Alert(4, "place/Hall 3");
        Api.GetAlertAsync(4, Arg.Any<CancellationToken>()).Returns(new AlertDetail(alert, [Some.Transition(1, alert, AlertTrigger.Raised)]));

        var page = Open<AlertDetailPage>(Some.Fleet(), (nameof(AlertDetailPage.AlertId), 4L));

        page.FindAll("a[href='alerts/4'], .alert-row button[aria-expanded], td[data-label=Sensor]").ShouldBeEmpty();
        page.FindAll("p").Select(Text).ShouldContain($"{alert.RuleName}: Place Hall 3");
        page.FindAll(".journal li").Count.ShouldBe(1);
    }

    [Fact]
    public void What_happens_to_a_shown_alert_is_shown_at_once()
    {
        Answer(Some.Alert(4));
        var page = OpenAt("alerts?show=all");

        Feed.Send(Some.Change(1, Some.Alert(4, state: AlertState.Acknowledged)));

        page.Find(".alert-state").TextContent.ShouldBe("Acknowledged ACKED");
        _asked.Count.ShouldBe(1);
    }

    [Fact]
    public void A_new_alert_comes_on_top_when_it_passes_the_filter_and_one_that_no_longer_passes_leaves()
    {
        Answer(Some.Alert(4));
        var page = OpenAt("alerts?show=all&state=Unacknowledged");

        Feed.Send(Some.Change(1, Some.Alert(5, "VB-2")), Some.Change(2, Some.Alert(6, "VB-3", state: AlertState.Normal)));
        page.FindAll("td[data-label=Sensor] a").Select(link => link.TextContent).ShouldBe(["VB-2", "VB-1"]);

        Feed.Send(Some.Change(3, Some.Alert(4, state: AlertState.Normal)));
        page.FindAll("td[data-label=Sensor] a").Select(link => link.TextContent).ShouldBe(["VB-2"]);
    }

    [Fact]
    public async Task What_is_heard_while_the_list_is_on_its_way_is_not_lost()
    {
        var answer = new TaskCompletionSource<AlertPage>();
        Api.GetAlertsAsync(null!, Xunit.TestContext.Current.CancellationToken).ReturnsForAnyArgs(answer.Task);
        var page = OpenAt("alerts?show=all");

        Feed.Send(Some.Change(1, Some.Alert(5, "VB-2")));
        await page.InvokeAsync(() => answer.SetResult(new AlertPage([Some.Alert(4)], false)));

        page.WaitForAssertion(() => page.FindAll("td[data-label=Sensor] a").Select(link => link.TextContent).ShouldBe(["VB-2", "VB-1"]));
    }

    [Fact]
    public void Older_alerts_are_asked_for_before_the_last_one_shown()
    {
        Api.GetAlertsAsync(null!, Xunit.TestContext.Current.CancellationToken).ReturnsForAnyArgs(call =>
        {
            _asked.Add(call.Arg<AlertQuery>());
            return call.Arg<AlertQuery>().Before is null ? new AlertPage([Some.Alert(9), Some.Alert(8)], true) : new AlertPage([Some.Alert(3)], false);
        });
        var page = OpenAt("alerts?show=all");

        page.FindAll("main button").Single(button => button.TextContent == "Show older alerts").Click();

        _asked.Last().Before.ShouldBe(8);
        page.FindAll(".alert-row").Count.ShouldBe(3);
        page.FindAll("main button").ShouldNotContain(button => button.TextContent == "Show older alerts");
    }

    [Fact]
    public void A_reconnect_fetches_the_list_anew()
    {
        Answer(Some.Alert(4));
        OpenAt("alerts?show=all");

        Feed.Become(LiveConnection.Reconnecting);
        Feed.Become(LiveConnection.Connected);

        _asked.Count.ShouldBe(2);
    }

    [Fact]
    public void An_active_alert_can_be_acknowledged_from_the_list()
    {
        Answer(Some.Alert(4), Some.Alert(3, state: AlertState.Normal));
        var page = OpenAt("alerts?show=all");

        page.FindAll(".alert-actions button").Where(button => button.TextContent == "Acknowledge").ShouldHaveSingleItem().Click();

        page.Find("dialog").TextContent.ShouldContain("VB-1");
        Dialog.VerifyInvoke("open");
    }

    [Fact]
    public void Open_alerts_are_those_of_the_live_picture_the_most_urgent_first_and_the_switch_shows_all()
    {
        Answer(Some.Alert(9, "VB-9", state: AlertState.Normal));
        var page = OpenAt("alerts", Some.Alert(1, "VB-1", Severity.Warning), Some.Alert(2, "VB-2", state: AlertState.Shelved), Some.Alert(3, "VB-3"));

        Sensors(page).ShouldBe(["VB-3", "VB-2", "VB-1"]);
        page.Find(".segments [aria-current]").TextContent.ShouldBe("Open");
        _asked.ShouldBeEmpty();

        Feed.Send(Some.Change(1, Some.Alert(3, "VB-3", state: AlertState.Normal)));
        Sensors(page).ShouldBe(["VB-2", "VB-1"]);

        var all = page.FindAll(".segments a")[1].GetAttribute("href")!;
        all.ShouldEndWith("alerts?show=all");
        Services.GetRequiredService<NavigationManager>().NavigateTo(all);
        Sensors(page).ShouldBe(["VB-9"]);
        page.FindAll(".segments a")[0].GetAttribute("href").ShouldEndWith("/alerts");
    }

    [Fact]
    public void Filters_narrow_the_open_alerts_too()
    {
        var page = OpenAt("alerts?state=Shelved", Some.Alert(1, "VB-1"), Some.Alert(2, "VB-2", state: AlertState.Shelved));

        Sensors(page).ShouldBe(["VB-2"]);
    }

    [Fact]
    public void A_row_tells_the_present_time_and_those_before()
    {
        var page = OpenAt("alerts", Some.Alert(4) with
        {
            RaisedAt = Some.Time.AddMinutes(-2), FirstRaisedAt = Some.Time.AddMinutes(-20), PreviousClearedAt = Some.Time.AddMinutes(-12), Raises = 3,
        });

        Text(page.Find("td[data-label=Raised]")).ShouldBe("2026-03-01 04:58:00 2 min agotwice before, first 2026-03-01 04:40:00, cleared 2026-03-01 04:48:00");
    }

    [Fact]
    public void A_row_and_its_journal_say_that_no_rule_evaluates_it_any_more_and_by_whom()
    {
        var alert = Some.Alert(4, state: AlertState.ReturnedUnacknowledged) with { ClearCause = AlertCause.Of(TransitionCause.RuleGone), ClearedBy = "Grace" };
        Answer(alert);
        Api.GetAlertAsync(4, Arg.Any<CancellationToken>()).Returns(new AlertDetail(alert,
        [
            Some.Transition(2, alert, AlertTrigger.Cleared, AlertState.Unacknowledged, by: "Grace") with { Cause = AlertCause.Of(TransitionCause.RuleGone) },
        ]));
        var page = OpenAt("alerts?show=all");
        page.Find("button[aria-expanded]").Click();

        page.Find(".alert-state").TextContent.ShouldBe("Not evaluated any more, not acknowledged RTNUN");
        Text(page.Find(".alert-cleared")).ShouldBe("not evaluated any more, by Grace, 2026-03-01 05:00:00");
        page.Find(".journal-state").TextContent.ShouldBe("Not evaluated any more RTNUN");
        Text(page.Find(".journal li")).ShouldEndWith("by GraceNo rule evaluates this any more.");
        page.Find(".alert-row").TextContent.ShouldNotContain("leared");
    }

    [Fact]
    public void Open_alerts_are_filtered_by_kind_rule_place_machine_and_time()
    {
        var sensors = new[] { Some.Sensor("VB-1", "Hall 1, Line A, Pump"), Some.Sensor("VB-2", "Hall 1, Line B, Fan"), Some.Sensor("VB-3", "Hall 2, Fan") };
        Alert[] alerts =
        [
            Some.Alert(1, "VB-1"), Some.Alert(2, "VB-2", kind: ConditionKind.NoData) with { RuleId = 2, RuleName = "Silent" },
            Some.Alert(3, "VB-3") with { RaisedAt = Some.Time.AddHours(-2) },
        ];
        Services.GetRequiredService<NavigationManager>().NavigateTo("alerts");
        var page = Open<AlertsPage>(Some.Fleet(sensors, alerts));
        var address = Services.GetRequiredService<NavigationManager>();
        string[] Options(string name) => [.. page.FindAll($"select[name={name}] option").Select(option => option.TextContent)];
        Options("place").ShouldBe(["Any", "Hall 1", "Hall 1, Line A", "Hall 1, Line B", "Hall 2"]);
        Options("machine").ShouldBe(["Any", "Hall 1, Line A, Pump", "Hall 1, Line B, Fan", "Hall 2, Fan"]);
        Options("rule").ShouldBe(["Any", "Level against baseline", "Silent"]);

        page.Find("select[name=place]").Change("Hall 1");
        address.Uri.ShouldEndWith("place=Hall%201");
        Sensors(page).ShouldBe(["VB-2", "VB-1"]);
        page.Find("select[name=kind]").Change("NoData");
        Sensors(page).ShouldBe(["VB-2"]);

        address.NavigateTo("alerts?machine=hall%202%2Cfan");
        Sensors(page).ShouldBe(["VB-3"]);
        address.NavigateTo("alerts?rule=2");
        Sensors(page).ShouldBe(["VB-2"]);
        address.NavigateTo("alerts?raised=2026-03-01T02:00:00Z");
        Sensors(page).ShouldBe(["VB-2", "VB-1"]);
        _asked.ShouldBeEmpty();
    }

    [Fact]
    public void All_that_match_are_acknowledged_in_one_dialog_not_only_those_shown_and_not_those_raised_since()
    {
        AlertBulkAcknowledgement? sent = null;
        Api.AcknowledgeAllAsync(Arg.Do<AlertBulkAcknowledgement>(acknowledgement => sent = acknowledgement), Some.Ada, Arg.Any<CancellationToken>())
            .Returns(Some.Done(new AlertBulkResult(AlertFilter.PageSize + 9, 130, [new(Some.Alert(7, "VB-7"), Refusal.Of(RefusalCode.AlertChanged))])));
        Services.GetRequiredService<NavigationManager>().NavigateTo("alerts?kind=NoData&severity=Warning");
        var page = Open<AlertsPage>(Some.Fleet(alerts:
        [
            .. Enumerable.Range(1, AlertFilter.PageSize + 10).Select(id => Some.Alert(id, $"VB-{id}", Severity.Warning, kind: ConditionKind.NoData)),
            Some.Alert(200, "VB-200"), Some.Alert(201, "VB-201", Severity.Warning, AlertState.Acknowledged, kind: ConditionKind.NoData),
        ], journal: 70));
        page.FindAll(".alert-row").Count.ShouldBe(AlertFilter.PageSize);

        page.FindAll("main button").Single(button => button.TextContent == "Acknowledge all 60 that match").Click();
        page.Find("dialog h2").TextContent.ShouldBe("Acknowledge all 60 alerts that match");
        page.FindAll("dialog li")[^1].TextContent.ShouldBe("and 10 more");
        Feed.Send(Some.Change(71, Some.Alert(300, "VB-300", Severity.Warning, kind: ConditionKind.NoData)));
        page.Find("dialog textarea").Change("Outage of the gateway");
        page.Find("dialog form").Submit();

        var (filter, upTo) = sent.ShouldNotBeNull();
        (filter!.Kind, filter.Severity, filter.Place, upTo, sent!.Note).ShouldBe((ConditionKind.NoData, Severity.Warning, null, 70, "Outage of the gateway"));
        page.Find("dialog .fault strong").TextContent.ShouldBe("59 of 189 acknowledged.");
        page.FindAll("dialog li").Select(Text).ShouldBe(["VB-7 It was raised, got worse or asked again after you looked.", "and 129 more"]);
    }

    [Fact]
    public void Without_refusals_the_dialog_says_how_many_were_acknowledged()
    {
        Api.AcknowledgeAllAsync(Arg.Any<AlertBulkAcknowledgement>(), Some.Ada, Arg.Any<CancellationToken>()).Returns(Some.Done(new AlertBulkResult(2000, 0, [])));
        var page = OpenAt("alerts", Some.Alert(1, "VB-1"), Some.Alert(2, "VB-2"));

        page.FindAll("main button").Single(button => button.TextContent == "Acknowledge all 2").Click();
        page.Find("dialog form").Submit();

        page.Find("dialog [role=status]").TextContent.ShouldBe("2000 alerts acknowledged.");
    }

    [Fact]
    public void A_row_says_what_it_was_before_its_peak_its_owner_and_what_would_calm_it()
    {
        var page = OpenAt("alerts", Some.Alert(4, state: AlertState.Acknowledged) with
        {
            SeverityBefore = Severity.Warning,
            SeverityChangedAt = Some.Time.AddMinutes(-2),
            PeakLevel = 13.7,
            Owner = "Ben",
            Acknowledgement = new("Ada", Some.Time, null, Some.Time.AddHours(1), null),
            Chattering = new(5, 0.4, TimeSpan.FromSeconds(11.2)),
            IsBackfilled = true,
        });

        var row = page.Find(".alert-row").TextContent;
        row.ShouldContain("got worse 2 min ago, was Warning");
        row.ShouldContain("peak 13.7 m/s²");
        row.ShouldContain("Owner: Ben");
        row.ShouldContain("asks again at 06:00");
        row.ShouldContain("5 times in a short time; a deadband of 0.40 m/s² or an off-delay of 12 s would have prevented it");
        row.ShouldContain("Backfilled");
        page.Find(".alert-state abbr").GetAttribute("title").ShouldBe("ISA-18.2: acknowledged");
    }

    [Fact]
    public void What_is_selected_is_acted_on_together_as_far_as_it_can_be()
    {
        var page = OpenAt("alerts", Some.Alert(1, "VB-1"), Some.Alert(2, "VB-2", state: AlertState.Acknowledged), Some.Alert(3, "VB-3"));
        page.FindAll(".action-bar").ShouldBeEmpty();

        page.Find(".select-bar input").Change(true);
        page.Find(".action-bar strong").TextContent.ShouldBe("3 selected");
        page.FindAll(".action-bar button").Select(button => button.TextContent.Trim()).ShouldBe(["Acknowledge 2", "Shelve", "Assign", "Clear selection"]);
        page.Find("input[aria-label='Select alert 3 on VB-3']").Change(false);
        page.Find(".action-bar button").Click();

        page.Find("dialog h2").TextContent.ShouldBe("Acknowledge alert");
        page.Find("dialog strong").TextContent.ShouldBe("VB-1");
    }

    [Fact]
    public void All_of_a_machine_are_selected_at_once()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("alerts");
        var page = Open<AlertsPage>(Some.Fleet(
            [Some.Sensor("VB-1", "Hall, Pump"), Some.Sensor("VB-2", "Hall, Fan"), Some.Sensor("VB-3", "Hall, Pump")],
            [Some.Alert(1, "VB-1"), Some.Alert(2, "VB-2"), Some.Alert(3, "VB-3")]));

        page.FindAll(".select-machine option").Select(option => option.TextContent).ShouldBe(["All of a machine…", "Hall, Fan (1)", "Hall, Pump (2)"]);
        page.Find(".select-machine select").Change("Hall, Pump");

        page.FindAll(".alert-select input[checked]").Select(box => box.GetAttribute("aria-label")).ShouldBe(["Select alert 3 on VB-3", "Select alert 1 on VB-1"]);
    }

    [Fact]
    public void An_alert_that_is_gone_is_selected_no_more()
    {
        var page = OpenAt("alerts", Some.Alert(1, "VB-1"), Some.Alert(2, "VB-2"));
        page.Find(".select-bar input").Change(true);

        Feed.Send(Some.Change(1, Some.Alert(2, "VB-2", state: AlertState.Normal)));
        Beat();

        page.Find(".action-bar strong").TextContent.ShouldBe("1 selected");
    }

    [Fact]
    public void What_is_set_aside_is_counted()
    {
        Api.GetOutOfServiceAsync(Arg.Any<CancellationToken>()).Returns(
            [new OutOfService(1, "VB-8", null, "Belt off", "Ada", Some.Time.AddDays(-2), Some.Time.AddDays(1)), new OutOfService(2, null, "Hall, Pump", "Overhaul", "Ada", Some.Time, Some.Time.AddDays(2))]);

        var page = OpenAt("alerts", Some.Alert(2, state: AlertState.Shelved));

        page.Find(".page-head .count").TextContent.ShouldBe("3");
    }

    [Fact]
    public void Leaving_the_page_ends_its_subscription()
    {
        Answer();
        Open(Some.Fleet());
        var before = Feed.Subscriptions;

        Services.GetRequiredService<NavigationManager>().NavigateTo("alerts?show=all");
        var page = Render<AlertsPage>();
        Feed.Subscriptions.ShouldBe(before + 1);
        page.Instance.Dispose();

        Feed.Subscriptions.ShouldBe(before);
    }

    private void Answer(params Alert[] alerts) =>
        Api.GetAlertsAsync(null!, Xunit.TestContext.Current.CancellationToken).ReturnsForAnyArgs(call =>
        {
            _asked.Add(call.Arg<AlertQuery>());
            return new AlertPage(alerts, false);
        });

    private static string Text(AngleSharp.Dom.IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<string> Sensors(IRenderedComponent<MainLayout> page) => page.FindAll("td[data-label=Sensor] a").Select(link => link.TextContent);

    private IRenderedComponent<MainLayout> OpenAt(string address, params Alert[] open)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        return Open<AlertsPage>(Some.Fleet(alerts: open));
    }
}
