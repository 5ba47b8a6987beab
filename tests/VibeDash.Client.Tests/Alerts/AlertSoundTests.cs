using Bunit;
using VibeDash.Client.Alerts;
using VibeDash.Core.Alerts;

namespace VibeDash.Client.Tests.Alerts;

public sealed class AlertSoundTests : PageTest
{
    [Fact]
    public void Nothing_is_heard_before_a_person_has_allowed_it()
    {
        var page = Open(Some.Fleet());

        Feed.Send(Some.Change(1, Some.Alert()));

        page.Find(".sound").TextContent.Trim().ShouldBe("Sound off");
        Played.ShouldBeEmpty();
    }

    [Fact]
    public void A_click_allows_it_and_another_ends_it()
    {
        var page = Open(Some.Fleet());

        page.Find(".sound").Click();
        page.Find(".sound").TextContent.Trim().ShouldBe("Sound on");
        page.Find(".sound").GetAttribute("aria-pressed").ShouldBe("true");
        Feed.Send(Some.Change(1, Some.Alert(severity: Severity.Warning)));
        page.Find(".sound").Click();
        Feed.Send(Some.Change(2, Some.Alert(2, "VB-2")));

        Sound.Invocations["setSound"].Select(call => call.Arguments[0]).ShouldBe([true, false]);
        Played.ShouldBe(["Warning"]);
    }

    [Fact]
    public void It_stays_allowed_in_this_browser_and_a_browser_that_wants_a_click_first_is_said_to()
    {
        Allow(sound: true);
        Sound.Setup<bool>("play", _ => true).SetResult(false);
        var page = Open(Some.Fleet());
        page.Find(".sound").TextContent.Trim().ShouldBe("Sound on");

        Feed.Send(Some.Change(1, Some.Alert()));
        page.Find(".sound").TextContent.Trim().ShouldBe("Click for sound");
        page.Find(".sound").Click();

        page.Find(".sound").TextContent.Trim().ShouldBe("Sound on");
        Sound.VerifyInvoke("setSound").Arguments.ShouldBe([true]);
    }

    [Fact]
    public void Critical_repeats_until_it_is_acknowledged()
    {
        Allow(sound: true);
        var page = Open(Some.Fleet(alerts: [Some.Alert(1, "VB-1", Severity.Warning)], journal: 1));
        Beats(30);
        Played.ShouldBeEmpty();

        Feed.Send(Some.Change(2, Some.Alert(2, "VB-2")));
        Beats(25);
        Played.ShouldBe(["Critical", "Critical", "Critical"]);

        Feed.Send(Some.Change(3, Some.Alert(2, "VB-2", state: AlertState.Acknowledged)));
        Beats(30);
        Played.Count().ShouldBe(3);
    }

    [Fact]
    public void A_flood_is_heard_at_its_start_only()
    {
        Allow(sound: true);
        Open(Some.Fleet());
        Feed.Send(Some.Change(1, Some.Alert(1, severity: Severity.Warning)));
        Played.Count().ShouldBe(1);

        Feed.Send(Some.Status() with { FloodSince = Some.Time });
        Beats(1);
        Played.Count().ShouldBe(2);
        Feed.Send(Some.Change(2, Some.Alert(2, "VB-2")));
        Beats(30);
        Played.Count().ShouldBe(2);
    }

    [Fact]
    public void One_that_gets_worse_is_heard_again_and_one_that_eases_is_not()
    {
        Allow(sound: true);
        Open(Some.Fleet(alerts: [Some.Alert(severity: Severity.Advisory)], journal: 1));

        Feed.Send(Some.Change(2, Some.Alert(severity: Severity.Warning), AlertTrigger.Worsened));
        Feed.Send(Some.Change(3, Some.Alert(severity: Severity.Advisory), AlertTrigger.Eased));

        Played.ShouldBe(["Warning"]);
    }

    [Fact]
    public void A_notification_tells_what_is_new_where_it_is_allowed()
    {
        Allow(notifications: true);
        Open(Some.Fleet());

        Feed.Send(Some.Change(1, Some.Alert(7)));
        Beats(30);

        Sound.VerifyInvoke("notify").Arguments.ShouldBe(
            ["Critical: VB-1", "Critical alert: VB-1, Conveyor 4, 12.5 m/s² over the threshold of 12.0 m/s².", "alert-7"]);
    }

    [Theory]
    [InlineData("denied", "The browser blocks notifications: see its settings for this site.")]
    [InlineData("unsupported", "This browser has no notifications for pages.")]
    public void Notifications_that_cannot_be_are_said_to(string answer, string words)
    {
        Sound.Setup<string>("setNotifications", _ => true).SetResult(answer);
        var page = Open<AlertsPage>(Some.Fleet());

        page.Find(".page-head input").Change(true);

        page.Find(".page-head [role=status]").TextContent.ShouldBe(words);
    }

    [Fact]
    public void Notifications_are_asked_for_by_a_click_only()
    {
        Sound.Setup<string>("setNotifications", _ => true).SetResult("granted");
        var page = Open<AlertsPage>(Some.Fleet());
        Sound.VerifyNotInvoke("setNotifications");

        page.Find(".page-head input").Change(true);

        Sound.VerifyInvoke("setNotifications").Arguments.ShouldBe([true]);
        page.FindAll(".page-head [role=status]").ShouldBeEmpty();
    }

    private IEnumerable<object?> Played => Sound.Invocations["play"].Select(call => call.Arguments[0]);

    private void Allow(bool sound = false, bool notifications = false) => Sound.Setup<SignalChoice>("load").SetResult(new(sound, notifications));

    private void Beats(int count)
    {
        for (var i = 0; i < count; i++)
            Beat();
    }
}
