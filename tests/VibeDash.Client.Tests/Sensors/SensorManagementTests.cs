using AngleSharp.Dom;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;
using VibeDash.Client.Sensors;
using VibeDash.Client.Shell;
using VibeDash.Core.Contract;

namespace VibeDash.Client.Tests.Sensors;

public sealed class SensorManagementTests : PageTest
{
    private readonly List<SensorChange> _sent = [];

    public SensorManagementTests()
    {
        Api.GetHistoriesAsync([], default, default, default, Xunit.TestContext.Current.CancellationToken)
            .ReturnsForAnyArgs([Some.History(Some.Time.AddHours(-1), Some.Time)]);
        Api.GetExtentAsync("VB-1", Arg.Any<CancellationToken>()).Returns(new SensorExtent("VB-1", 15_000_000, 12, 1, 3, ["VB-l"]));
        Answer(Some.Done(new SensorExtent("VB-1", 15_000_000, 12, 1, 3, [])));
    }

    [Theory]
    [InlineData(SensorChangeKind.Rename, "VB-9", "Rename VB-1 to VB-9, with 15000000 readings, 12 alerts and 3 notes?", "sensors/VB-9")]
    [InlineData(SensorChangeKind.HandOver, "VB-9", "Hand VB-1 over to VB-9, with 15000000 readings, 12 alerts and 3 notes? 1 open alert ends.", "sensors/VB-9")]
    [InlineData(SensorChangeKind.Merge, "VB-2", "Merge VB-1 into VB-2, with 15000000 readings, 12 alerts and 3 notes? 1 open alert ends. This cannot be undone.", "sensors/VB-2")]
    [InlineData(SensorChangeKind.Delete, null, "Delete VB-1 with 15000000 readings, 12 alerts and 3 notes permanently? 1 open alert ends.", "")]
    public void A_change_asks_with_its_numbers_and_goes_to_the_sensor_that_is_left(SensorChangeKind kind, string? to, string question, string address)
    {
        var page = Open();
        Enter(page, kind, to, "Found on the round");

        Action(page).Click();
        page.Find("[aria-labelledby=manage-heading] .confirm span").TextContent.ShouldBe(question);
        _sent.ShouldBeEmpty();
        page.Find("[aria-labelledby=manage-heading] .confirm .is-danger").Click();

        _sent.ShouldBe([new(kind, to, "Found on the round")]);
        Services.GetRequiredService<NavigationManager>().Uri.ShouldBe($"http://localhost/{address}");
    }

    [Fact]
    public void Without_another_id_and_a_reason_nothing_can_be_sent()
    {
        var page = Open();

        Action(page).HasAttribute("disabled").ShouldBeTrue();
        Enter(page, SensorChangeKind.Merge, "VB-2", "");
        Action(page).HasAttribute("disabled").ShouldBeTrue();
        Enter(page, SensorChangeKind.Merge, "VB-2", "One device");
        Action(page).HasAttribute("disabled").ShouldBeFalse();
    }

    [Fact]
    public void A_refusal_is_told_and_the_page_stays()
    {
        Answer(Refusal.Of(RefusalCode.SensorIdTaken, "VB-2", "VB-2"));
        var page = Open();
        Enter(page, SensorChangeKind.Rename, "VB-2", "x");

        Action(page).Click();
        page.Find("[aria-labelledby=manage-heading] .confirm .is-danger").Click();

        page.Find("[aria-labelledby=manage-heading] .fault").TextContent.ShouldBe("Nothing was changed. There is a sensor VB-2 already.");
        Services.GetRequiredService<NavigationManager>().Uri.ShouldBe("http://localhost/");
    }

    [Fact]
    public void A_former_id_is_released()
    {
        var page = Open();
        Enter(page, SensorChangeKind.Rename, null, "Another machine has it now");

        page.Find("[aria-label='Release VB-l']").Click();
        page.Find("[aria-labelledby=manage-heading] .confirm .is-danger").Click();

        _sent.ShouldBe([new(SensorChangeKind.Release, "VB-l", "Another machine has it now")]);
        page.FindAll("[aria-label='Release VB-l']").ShouldBeEmpty();
    }

    [Fact]
    public void Other_sensors_are_suggested_those_that_differ_in_case_only_first()
    {
        var page = Open();
        Enter(page, SensorChangeKind.Merge, null, "");

        page.FindAll("#manage-others option").Select(option => option.GetAttribute("value")).ShouldBe(["vb-1", "VB-2"]);
    }

    [Fact]
    public void The_open_page_of_a_sensor_that_is_removed_says_so()
    {
        var page = Open();
        Api.GetFleetAsync(Arg.Any<CancellationToken>()).Returns(Some.Fleet([Some.Sensor("VB-2")]));

        Feed.Remove("VB-1");

        page.WaitForAssertion(() => page.Find(".panel [role=status]").TextContent.ShouldBe("The sensor VB-1 has been deleted, or goes on under another id."));
    }

    private static IElement Action(IRenderedComponent<MainLayout> page) => page.Find("[aria-labelledby=manage-heading] > p > button[aria-label$='VB-1']");

    private static void Enter(IRenderedComponent<MainLayout> page, SensorChangeKind kind, string? to, string reason)
    {
        page.Find("[aria-labelledby=manage-heading] select").Change(kind.ToString());
        var texts = page.FindAll("[aria-labelledby=manage-heading] .baseline-actions input");
        if (to is not null)
            texts[0].Input(to);
        page.FindAll("[aria-labelledby=manage-heading] .baseline-actions input")[^1].Input(reason);
    }

    private void Answer(Answer<SensorExtent> answer) =>
        Api.ChangeSensorAsync("VB-1", Arg.Do<SensorChange>(_sent.Add), Some.Ada, Arg.Any<CancellationToken>()).Returns(answer);

    private IRenderedComponent<MainLayout> Open()
    {
        var page = Open<SensorPage>(Some.Fleet([Some.Sensor(), Some.Sensor("VB-2"), Some.Sensor("vb-1")]), (nameof(SensorPage.SensorId), "VB-1"));
        page.Find("[aria-labelledby=manage-heading] button").Click();
        return page;
    }
}
