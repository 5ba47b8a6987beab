using Bunit;
using NSubstitute;
using VibeDash.Client.Layout;
using VibeDash.Client.Live;
using VibeDash.Core.Alerts;
using VibeDash.Core.Live;

namespace VibeDash.Client.Tests.Alerts;

public sealed class AcknowledgeDialogTests : PageTest
{
    private static readonly Alert Acknowledged = Some.Alert(state: AlertState.Acknowledged);

    [Fact]
    public void Whoever_has_given_a_name_needs_two_clicks()
    {
        KnownAs("Ada");
        Answer(new AlertResult(Acknowledged, null));
        var page = Open(Some.Fleet(alerts: [Some.Alert()], journal: 1));

        page.Find(".banner-alert button").Click();
        Dialog.VerifyInvoke("open");
        page.Find("dialog form").Submit();

        Sent.ShouldSatisfyAllConditions(
            sent => (sent.Trigger, sent.By, sent.Note, sent.Owner, sent.Until).ShouldBe((AlertTrigger.Acknowledged, "Ada", null, null, null)),
            sent => sent.AlertIds.ShouldBe([1]));
        Dialog.VerifyInvoke("close");
    }

    [Fact]
    public void A_name_is_asked_for_once_and_kept()
    {
        Answer(new AlertResult(Acknowledged, null));
        var page = Open(Some.Fleet(alerts: [Some.Alert()], journal: 1));

        page.Find(".banner-alert button").Click();
        page.Find("dialog input[name=name]").Change(" Ada Byron ");
        page.Find("dialog textarea").Change("Greased the bearing");
        page.Find("dialog form").Submit();

        (Sent.By, Sent.Note).ShouldBe(("Ada Byron", "Greased the bearing"));
        JSInterop.VerifyInvoke("localStorage.setItem").Arguments[1].ShouldBe("Ada Byron");
    }

    [Fact]
    public void A_known_name_is_shown_and_can_be_changed()
    {
        KnownAs("Ada");
        var page = Open(Some.Fleet(alerts: [Some.Alert()]));

        page.Find(".banner-alert button").Click();

        page.Find(".dialog-person strong").TextContent.ShouldBe("Ada");
        page.FindAll("dialog input[name=name]").ShouldBeEmpty();
        page.Find(".dialog-person button").Click();
        page.Find("dialog input[name=name]").GetAttribute("value").ShouldBe("Ada");
    }

    [Fact]
    public void Without_a_name_nothing_is_sent()
    {
        var page = Open(Some.Fleet(alerts: [Some.Alert()]));

        page.Find(".banner-alert button").Click();
        page.Find("dialog form").Submit();

        page.Find("dialog .fault").TextContent.ShouldBe("Your name is missing.");
        Api.DidNotReceiveWithAnyArgs().ActAsync(null!, Xunit.TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Who_was_faster_is_named_when_the_server_refuses()
    {
        KnownAs("Ada");
        Answer(new AlertResult(Acknowledged, "It is acknowledged already."));
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
        KnownAs("Ada");
        var page = Open(Some.Fleet(alerts: [Some.Alert()], journal: 1));
        page.Find(".banner-alert button").Click();

        Feed.Say(Some.Change(2, Acknowledged));
        Beat();

        page.Find("dialog .fault").TextContent.ShouldStartWith("Already acknowledged by M. Okafor");
    }

    [Fact]
    public void A_server_that_is_away_leaves_the_note_in_the_dialog_and_says_so()
    {
        KnownAs("Ada");
        Api.ActAsync(null!, Xunit.TestContext.Current.CancellationToken)
            .ReturnsForAnyArgs(Task.FromException<AlertResult[]>(new HttpRequestException("Connection refused.")));
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
        KnownAs("Ada");
        Answer(new AlertResult(Acknowledged, null));
        var page = Open(Some.Fleet(alerts: [Some.Alert()]));
        Feed.Become(LiveConnection.Reconnecting);
        Api.GetFleetAsync(Arg.Any<CancellationToken>()).Returns(Some.Fleet(alerts: [Acknowledged], journal: 2));

        page.Find(".banner-alert button").Click();
        page.Find("dialog form").Submit();

        page.Find(".banner-calm").TextContent.ShouldContain("M. Okafor");
    }

    private void KnownAs(string name) => JSInterop.Setup<string?>("localStorage.getItem", _ => true).SetResult(name);

    private void Answer(AlertResult result) =>
        Api.ActAsync(Arg.Any<AlertAction>(), Arg.Any<CancellationToken>()).Returns([result]);

    private AlertAction Sent => (AlertAction)Api.ReceivedCalls().Single(call => call.GetMethodInfo().Name == nameof(IDashboardApi.ActAsync)).GetArguments()[0]!;
}
