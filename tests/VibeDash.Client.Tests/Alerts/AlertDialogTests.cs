using Bunit;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;
using VibeDash.Client.Alerts;
using VibeDash.Client.Live;
using VibeDash.Client.Shell;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.People;
using VibeDash.Core.Faults;

namespace VibeDash.Client.Tests.Alerts;

public sealed class AlertDialogTests : PageTest
{
    private static readonly Alert Acknowledged = Some.Alert(state: AlertState.Acknowledged);

    [Fact]
    public void Whoever_has_given_a_name_needs_two_clicks()
    {
        Answer(new AlertResult(Acknowledged));
        var page = Open(Some.Fleet(alerts: [Some.Alert()], journal: 1));

        page.Find(".banner-alert button").Click();
        Dialog.VerifyInvoke("open");
        page.Find("dialog form").Submit();

        Sent.ShouldSatisfyAllConditions(
            sent => (sent.Trigger, By.Name, sent.Note, sent.Owner, sent.Until).ShouldBe((AlertTrigger.Acknowledged, "Ada", null, null, null)),
            sent => sent.AlertIds.ShouldBe([1]));
        Dialog.VerifyInvoke("close");
    }

    [Fact]
    public void Who_may_only_look_is_not_asked_to_acknowledge()
    {
        Person = new("Vera", [Permission.View]);
        var page = Open(Some.Fleet(alerts: [Some.Alert()]));

        page.Find(".banner-alert").TextContent.ShouldContain("VB-");
        page.FindAll(".banner-alert button").ShouldBeEmpty();
    }

    [Fact]
    public void Who_was_faster_is_named_when_the_server_refuses()
    {
        Answer(new AlertResult(Acknowledged, Refusal.Of(RefusalCode.AlertAcknowledged, "M. Okafor", Some.Time)));
        var page = Open(Some.Fleet(alerts: [Some.Alert()]));

        page.Find(".banner-alert button").Click();
        page.Find("dialog form").Submit();

        page.Find("dialog .fault").TextContent.ShouldBe("Already acknowledged by M. Okafor 1 min ago.");
        page.FindAll("dialog button[type=submit]").ShouldBeEmpty();
        Dialog.VerifyNotInvoke("close");
    }

    [Fact]
    public void Who_was_faster_is_named_while_the_dialog_is_open()
    {
        var page = Open(Some.Fleet(alerts: [Some.Alert()], journal: 1));
        page.Find(".banner-alert button").Click();

        Feed.Send(Some.Change(2, Acknowledged));
        Beat();

        page.Find("dialog .fault").TextContent.ShouldStartWith("Already acknowledged by M. Okafor");
    }

    [Fact]
    public void A_server_that_is_away_leaves_the_note_in_the_dialog_and_says_so()
    {
        Api.ActAsync(null!, default, Xunit.TestContext.Current.CancellationToken)
            .ReturnsForAnyArgs(Task.FromException<Answer<AlertResult[]>>(new HttpRequestException("Connection refused.")));
        var page = Open(Some.Fleet(alerts: [Some.Alert()]));

        page.Find(".banner-alert button").Click();
        page.Find("dialog textarea").Change("Greased");
        page.Find("dialog form").Submit();

        page.Find("dialog .fault").TextContent.ShouldContain("Connection refused.");
        page.Find("dialog textarea").GetAttribute("value").ShouldBe("Greased");
    }

    [Fact]
    public void Without_the_live_connection_the_result_is_fetched()
    {
        Answer(new AlertResult(Acknowledged));
        var page = Open(Some.Fleet(alerts: [Some.Alert()]));
        Feed.Become(LiveConnection.Reconnecting);
        Api.GetFleetAsync(Arg.Any<CancellationToken>()).Returns(Some.Fleet(alerts: [Acknowledged], journal: 2));

        page.Find(".banner-alert button").Click();
        page.Find("dialog form").Submit();

        page.Find(".banner-calm").TextContent.ShouldContain("M. Okafor");
    }

    [Fact]
    public void An_acknowledgement_may_name_an_owner_and_expire()
    {
        Answer(new AlertResult(Acknowledged));
        var page = Open(Some.Fleet(alerts: [Some.Alert()]));

        page.Find(".banner-alert button").Click();
        page.Find("dialog input[name=owner]").Change("Ben");
        page.Find("dialog select[name=end]").Change("480");
        page.Find("dialog form").Submit();

        (Sent.Owner, Sent.Until).ShouldBe(("Ben", Some.Time.AddHours(8)));
    }

    [Fact]
    public void An_expiry_at_a_time_is_by_the_clock_of_the_person()
    {
        Answer(new AlertResult(Acknowledged));
        var page = Open(Some.Fleet(alerts: [Some.Alert()]));

        page.Find(".banner-alert button").Click();
        page.Find("dialog select[name=end]").Change(ActionDraft.OtherEnd);
        page.Find("dialog form").Submit();
        page.Find("dialog .fault").TextContent.ShouldBe("The end is missing.");
        page.Find("dialog input[name=until]").Change("2026-03-01T08:30:00");
        page.Find("dialog form").Submit();

        Sent.Until.ShouldBe(Some.Time.AddHours(3.5));
    }

    [Fact]
    public void Shelving_needs_a_reason_and_ends_after_an_hour_unless_said_otherwise()
    {
        Answer(new AlertResult(Some.Alert(state: AlertState.Shelved)));
        var page = Ask(AlertTrigger.Shelved, Some.Alert());

        page.Find("dialog h2").TextContent.ShouldBe("Shelve alert");
        page.FindAll("dialog input[type=radio]").Select(choice => (choice.GetAttribute("value"), choice.HasAttribute("checked"))).ShouldBe(
            [("15", false), ("60", true), ("240", false), ("480", false)]);
        page.Find("dialog form").Submit();
        page.Find("dialog .fault").TextContent.ShouldBe("The reason is missing.");
        page.Find("dialog textarea").Change("Spare on order");
        page.FindAll("dialog input[type=radio]")[2].Change("240");
        page.Find("dialog form").Submit();

        (Sent.Trigger, Sent.Note, Sent.Until).ShouldBe((AlertTrigger.Shelved, "Spare on order", Some.Time.AddHours(4)));
    }

    [Fact]
    public void What_the_server_refuses_is_said_in_the_dialog()
    {
        Answer<AlertResult[]> refused = Refusal.Invalid(FieldFault.Of("until", FaultCode.ShelvedTooLong, 2));
        Api.ActAsync(Arg.Any<AlertAction>(), Some.Ada, Arg.Any<CancellationToken>()).Returns(refused);
        var page = Ask(AlertTrigger.Shelved, Some.Alert());

        page.Find("dialog textarea").Change("Spare on order");
        page.Find("dialog form").Submit();

        page.Find("dialog .fault").TextContent.ShouldBe("An alert may be shelved for 2 hours at most.");
        page.Find("dialog textarea").GetAttribute("value").ShouldBe("Spare on order");
        Dialog.VerifyNotInvoke("close");
    }

    [Fact]
    public void An_owner_can_be_taken_off_and_one_can_take_it_oneself()
    {
        Answer(new AlertResult(Some.Alert()));
        var page = Ask(AlertTrigger.Assigned, Some.Alert() with { Owner = "Ben" });

        page.Find("dialog input[name=owner]").GetAttribute("value").ShouldBe("Ben");
        page.FindAll("dialog button").Single(button => button.TextContent == "Take it myself").Click();
        page.Find("dialog input[name=owner]").GetAttribute("value").ShouldBe("Ada");
        page.Find("dialog input[name=owner]").Change("");
        page.Find("dialog form").Submit();

        (Sent.Trigger, Sent.Owner).ShouldBe((AlertTrigger.Assigned, null));
    }

    [Fact]
    public void Of_several_alerts_those_that_were_refused_are_named_with_the_reason()
    {
        Api.ActAsync(Arg.Any<AlertAction>(), Some.Ada, Arg.Any<CancellationToken>()).Returns(Some.Done<AlertResult[]>(
        [
            new(Acknowledged), new(Some.Alert(2, "VB-2", state: AlertState.Acknowledged), Refusal.Of(RefusalCode.AlertAcknowledged, "M. Okafor", Some.Time)),
            new(null, Refusal.Of(RefusalCode.AlertUnknown, 3)),
        ]));
        var page = Ask(AlertTrigger.Acknowledged, Some.Alert(), Some.Alert(2, "VB-2"), Some.Alert(3, "VB-3"));

        page.Find("dialog form").Submit();

        Sent.AlertIds.ShouldBe([1, 2, 3]);
        page.Find("dialog .fault strong").TextContent.ShouldBe("1 of 3 acknowledged.");
        page.FindAll("dialog li").Select(line => string.Join(' ', line.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))
            .ShouldBe(["VB-2 Already acknowledged by M. Okafor 1 min ago.", "There is no alert 3."]);
    }

    [Fact]
    public void More_alerts_than_one_request_takes_are_sent_in_parts()
    {
        var sent = new List<int>();
        Api.ActAsync(Arg.Any<AlertAction>(), Some.Ada, Arg.Any<CancellationToken>()).Returns(call =>
        {
            sent.Add(call.Arg<AlertAction>().AlertIds.Length);
            return Some.Done(call.Arg<AlertAction>().AlertIds.Select(id => new AlertResult(Some.Alert(id, state: AlertState.Acknowledged))).ToArray());
        });
        var page = Ask(AlertTrigger.Acknowledged, [.. Enumerable.Range(1, AlertAction.MaximumAlerts + 1).Select(id => Some.Alert(id))]);

        page.Find("dialog form").Submit();

        sent.ShouldBe([AlertAction.MaximumAlerts, 1]);
        Dialog.VerifyInvoke("close");
    }

    private IRenderedComponent<MainLayout> Ask(AlertTrigger trigger, params Alert[] alerts)
    {
        var page = Open(Some.Fleet(alerts: alerts));
        Services.GetRequiredService<AlertActions>().Request(trigger, alerts);
        return page;
    }

    private void Answer(AlertResult result) =>
        Api.ActAsync(Arg.Any<AlertAction>(), Arg.Any<Actor>(), Arg.Any<CancellationToken>()).Returns(Some.Done<AlertResult[]>([result]));

    private Actor By => (Actor)Api.ReceivedCalls().Single(call => call.GetMethodInfo().Name == nameof(IAlertApi.ActAsync)).GetArguments()[1]!;

    private AlertAction Sent => (AlertAction)Api.ReceivedCalls().Single(call => call.GetMethodInfo().Name == nameof(IAlertApi.ActAsync)).GetArguments()[0]!;
}
