using Bunit;
using NSubstitute;
using VibeDash.Client.Alerts;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.People;

namespace VibeDash.Client.Tests.Alerts;

public sealed class ShelvedPageTests : PageTest
{
    private readonly OutOfService _sensor = new(1, "VB-8", null, "Belt off", "Ben", Some.Time.AddDays(-2), Some.Time.AddHours(3));
    private readonly OutOfService _machine = new(2, null, "Hall, Pump", "Overhaul", "Ben", Some.Time.AddDays(-9), Some.Time.AddDays(3));

    [Fact]
    public void Shelved_alerts_stand_with_reason_by_whom_and_what_is_left_and_can_be_unshelved()
    {
        var page = Open<ShelvedPage>(Some.Fleet(alerts: [Some.Alert(1), Some.Alert(2, "VB-2", state: AlertState.Shelved)]));

        var row = page.FindAll("main tbody").ShouldHaveSingleItem().TextContent;
        row.ShouldContain("Waiting for the spare");
        row.ShouldContain("M. Okafor");
        row.ShouldContain("59 min left");
        page.Find("main .alert-actions button").Click();

        page.Find("dialog h2").TextContent.ShouldBe("Unshelve alert");
    }

    [Fact]
    public void One_that_is_shelved_now_is_shown_at_once()
    {
        var page = Open<ShelvedPage>(Some.Fleet(alerts: [Some.Alert(2)], journal: 1));
        page.Find("main .panel").TextContent.ShouldBe("No alert is shelved.");

        Feed.Send(Some.Change(2, Some.Alert(2, state: AlertState.Shelved)));

        page.Find("main .reason").TextContent.ShouldBe("Waiting for the spare");
    }

    [Fact]
    public void What_ends_next_stands_first_and_says_what_is_left()
    {
        Answer(_machine, _sensor);

        var page = Open<ShelvedPage>(Some.Fleet());

        page.FindAll("td[data-label='Sensor or machine']").Select(cell => cell.Children[1].TextContent).ShouldBe(["VB-8", "Hall, Pump"]);
        page.FindAll("td[data-label='Until'] .muted").Select(left => left.TextContent).ShouldBe(["3 h left", "3 d left"]);
    }

    [Fact]
    public void A_period_is_extended_by_a_day()
    {
        Answer(_sensor);
        Api.ExtendOutOfServiceAsync(1, new(Some.Time.AddHours(27)), Some.Ada, Arg.Any<CancellationToken>()).Returns(Some.Done(_sensor));
        var page = Open<ShelvedPage>(Some.Fleet());
        Answer(_sensor with { ExpectedEnd = Some.Time.AddHours(27) });

        page.Find("button[aria-label='One day more: VB-8']").Click();

        page.Find("td[data-label='Until'] .muted").TextContent.ShouldBe("27 h left");
    }

    [Fact]
    public void What_is_back_is_returned_to_service_by_name()
    {
        Answer(_sensor);
        Api.ReturnToServiceAsync(1, Some.Ada, Arg.Any<CancellationToken>()).Returns(Some.Done(_sensor));
        var page = Open<ShelvedPage>(Some.Fleet());
        Answer();

        page.Find("button[aria-label='Return to service: VB-8']").Click();

        Api.Received(1).ReturnToServiceAsync(1, Some.Ada, Arg.Any<CancellationToken>());
        page.FindAll("main .panel").Select(panel => panel.TextContent).ShouldContain("Everything is in service.");
    }

    [Fact]
    public void Who_may_only_look_is_offered_no_change()
    {
        Person = new("Vera", [Permission.View]);
        Answer(_sensor);
        var page = Open<ShelvedPage>(Some.Fleet());

        page.FindAll("main button").ShouldBeEmpty();
        page.FindAll("main form").ShouldBeEmpty();
    }

    [Fact]
    public void A_machine_is_taken_out_with_reason_and_expected_end_by_the_clock_of_the_person()
    {
        Answer();
        Api.TakeOutOfServiceAsync(null!, default, Xunit.TestContext.Current.CancellationToken).ReturnsForAnyArgs(Some.Done(_machine));
        var page = Open<ShelvedPage>(Some.Fleet([Some.Sensor("VB-1", "Hall, Pump"), Some.Sensor("VB-2", "Hall, Pump"), Some.Sensor("VB-3", "Hall, Fan")]));

        page.FindAll("main input[type=radio]")[1].Change("on");
        page.FindAll("main option").Select(option => option.TextContent).ShouldBe(["Choose…", "Hall, Fan", "Hall, Pump"]);
        page.Find("main select").Change("Hall, Pump");
        page.Find("main input[name=reason]").Change("Overhaul");
        page.Find("main input[name=expected]").Change("2026-03-02T05:00:00");
        page.Find("main form").Submit();

        Api.Received(1).TakeOutOfServiceAsync(new OutOfServiceRequest(null, "Hall, Pump", "Overhaul", Some.Time.AddDays(1)), Some.Ada, Arg.Any<CancellationToken>());
        Api.Received(2).GetOutOfServiceAsync(Arg.Any<CancellationToken>());
        page.Find("main input[name=reason]").GetAttribute("value").ShouldBeNullOrEmpty();
    }

    [Fact]
    public void A_refusal_is_said_in_the_form_and_what_was_entered_stays()
    {
        Answer();
        Api.TakeOutOfServiceAsync(null!, default, Xunit.TestContext.Current.CancellationToken).ReturnsForAnyArgs(Some.Refused<OutOfService>(RefusalCode.AlreadyOutOfService));
        var page = Open<ShelvedPage>(Some.Fleet());

        page.Find("main form").Submit();
        page.Find("main form .fault").TextContent.ShouldBe("Choose the sensor.");
        page.Find("main select").Change("VB-1");
        page.Find("main input[name=reason]").Change("Belt off");
        page.Find("main form").Submit();

        page.Find("main form .fault").TextContent.ShouldBe("It is out of service already.");
        page.Find("main input[name=reason]").GetAttribute("value").ShouldBe("Belt off");
    }

    [Fact]
    public void What_another_browser_takes_out_is_fetched_when_its_alerts_tell()
    {
        Answer();
        var page = Open<ShelvedPage>(Some.Fleet(alerts: [Some.Alert(2, "VB-8")], journal: 1));
        Answer(_sensor);

        Feed.Send(Some.Change(2, Some.Alert(2, "VB-8", state: AlertState.OutOfService)));

        page.FindAll("td[data-label='Until']").Count.ShouldBe(1);
    }

    private void Answer(params OutOfService[] entries) => Api.GetOutOfServiceAsync(Arg.Any<CancellationToken>()).Returns(entries);
}
