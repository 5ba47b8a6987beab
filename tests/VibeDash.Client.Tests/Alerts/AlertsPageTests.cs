using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;
using VibeDash.Client.Alerts;
using VibeDash.Client.Layout;
using VibeDash.Client.Live;
using VibeDash.Core.Alerts;
using VibeDash.Core.Live;

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

        OpenAt("alerts?severity=Loud&state=99&from=yesterday");

        _asked.ShouldHaveSingleItem().ShouldBe(new AlertQuery { Limit = AlertFilter.PageSize });
    }

    [Fact]
    public void A_filter_set_in_the_form_goes_to_the_address_times_in_UTC()
    {
        Answer();
        var page = OpenAt("alerts");
        var address = Services.GetRequiredService<NavigationManager>();

        page.Find("select").Change("Critical");
        address.Uri.ShouldEndWith("/alerts?severity=Critical");
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

        var page = OpenAt("alerts");

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
        var page = OpenAt("alerts");
        page.FindAll(".journal").ShouldBeEmpty();

        page.Find("button[aria-expanded]").Click();

        page.FindAll(".journal-state").Select(state => state.TextContent).ShouldBe(["Raised UNACK", "Acknowledged UNACK"]);
        page.FindAll(".journal li")[0].TextContent.ShouldContain("12.5 m/s² over the threshold of 12.0 m/s²");
        page.FindAll(".journal li")[1].TextContent.ShouldContain("by Ada");
        page.Find(".journal q").TextContent.ShouldBe("greased");
    }

    [Fact]
    public void What_happens_to_a_shown_alert_is_shown_at_once()
    {
        Answer(Some.Alert(4));
        var page = OpenAt("alerts");

        Feed.Say(Some.Change(1, Some.Alert(4, state: AlertState.Acknowledged)));

        page.Find(".alert-state").TextContent.ShouldBe("Acknowledged");
        _asked.Count.ShouldBe(1);
    }

    [Fact]
    public void A_new_alert_comes_on_top_when_it_passes_the_filter_and_one_that_no_longer_passes_leaves()
    {
        Answer(Some.Alert(4));
        var page = OpenAt("alerts?state=Unacknowledged");

        Feed.Say(Some.Change(1, Some.Alert(5, "VB-2")), Some.Change(2, Some.Alert(6, "VB-3", state: AlertState.Normal)));
        page.FindAll(".alert-row td:nth-child(2)").Select(cell => cell.TextContent).ShouldBe(["VB-2", "VB-1"]);

        Feed.Say(Some.Change(3, Some.Alert(4, state: AlertState.Normal)));
        page.FindAll(".alert-row td:nth-child(2)").Select(cell => cell.TextContent).ShouldBe(["VB-2"]);
    }

    [Fact]
    public async Task What_is_heard_while_the_list_is_on_its_way_is_not_lost()
    {
        var answer = new TaskCompletionSource<AlertPage>();
        Api.GetAlertsAsync(null!, Xunit.TestContext.Current.CancellationToken).ReturnsForAnyArgs(answer.Task);
        var page = OpenAt("alerts");

        Feed.Say(Some.Change(1, Some.Alert(5, "VB-2")));
        await page.InvokeAsync(() => answer.SetResult(new AlertPage([Some.Alert(4)], false)));

        page.WaitForAssertion(() => page.FindAll(".alert-row td:nth-child(2)").Select(cell => cell.TextContent).ShouldBe(["VB-2", "VB-1"]));
    }

    [Fact]
    public void Older_alerts_are_asked_for_before_the_last_one_shown()
    {
        Api.GetAlertsAsync(null!, Xunit.TestContext.Current.CancellationToken).ReturnsForAnyArgs(call =>
        {
            _asked.Add(call.Arg<AlertQuery>());
            return call.Arg<AlertQuery>().Before is null ? new AlertPage([Some.Alert(9), Some.Alert(8)], true) : new AlertPage([Some.Alert(3)], false);
        });
        var page = OpenAt("alerts");

        page.FindAll("main button").Single(button => button.TextContent == "Show older alerts").Click();

        _asked.Last().Before.ShouldBe(8);
        page.FindAll(".alert-row").Count.ShouldBe(3);
        page.FindAll("main button").ShouldNotContain(button => button.TextContent == "Show older alerts");
    }

    [Fact]
    public void A_reconnect_fetches_the_list_anew()
    {
        Answer(Some.Alert(4));
        OpenAt("alerts");

        Feed.Become(LiveConnection.Reconnecting);
        Feed.Become(LiveConnection.Connected);

        _asked.Count.ShouldBe(2);
    }

    [Fact]
    public void An_active_alert_can_be_acknowledged_from_the_list()
    {
        Answer(Some.Alert(4), Some.Alert(3, state: AlertState.Normal));
        var page = OpenAt("alerts");

        page.FindAll(".alert-actions button").Where(button => button.TextContent == "Acknowledge").ShouldHaveSingleItem().Click();

        page.Find("dialog").TextContent.ShouldContain("VB-1");
        Dialog.VerifyInvoke("open");
    }

    [Fact]
    public void Leaving_the_page_ends_its_subscription()
    {
        Answer();
        Open(Some.Fleet());
        var before = Feed.Subscriptions;

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

    private IRenderedComponent<MainLayout> OpenAt(string address)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        return Open<AlertsPage>(Some.Fleet());
    }
}
