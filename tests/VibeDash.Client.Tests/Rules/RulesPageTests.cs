using Bunit;
using NSubstitute;
using VibeDash.Client.Rules;
using VibeDash.Client.Shell;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.People;

namespace VibeDash.Client.Tests.Rules;

public sealed class RulesPageTests : PageTest
{
    [Fact]
    public void Each_rule_is_told_in_words()
    {
        var page = Open(Rules.Baseline.Current(by: null), (Rules.Zones with { IsEnabled = false, Note = "Insurer", Gate = new(0.5, "mm/s") }).Current());

        Cells(page, 1).ShouldBe(["all sensors", "above 2 × baseline for 3 readings: Warningabove 3 × for 3 readings and 10 s (at once above 10 ×, or when the sensor’s message calls it critical): Criticalrecovers at 1.8 ×, 2.7 ×", "always", "4as installed, 05:00"]);
        Cells(page, 7)[..3].ShouldBe(
        [
            "location “Line B”",
            "at or above 2.3 mm/s for 3 readings: Advisoryat or above 4.5 mm/s for 3 readings: Warningat or above 7.1 mm/s: Criticalrecovers at 2.07 mm/s, 4.05 mm/s, 6.39 mm/s",
            "while the level is above 0.5 mm/s",
        ]);
        page.Find("#rule-7 th").TextContent.ShouldContain("Switched off");
        page.Find("#rule-7 th").TextContent.ShouldContain("Insurer");
        page.Find("#rule-1 th a").GetAttribute("href").ShouldBe("rules/1");
    }

    [Fact]
    public void Switching_off_asks_first_and_sends_the_version_that_was_seen()
    {
        RuleEdit? sent = null;
        Api.ChangeRuleAsync(1, Arg.Do<RuleEdit>(edit => sent = edit), Some.Ada, Arg.Any<CancellationToken>()).Returns(Some.Done(Rules.Baseline));
        var page = Open(Rules.Baseline.Current());
        Api.GetRulesAsync(Arg.Any<CancellationToken>()).Returns([(Rules.Baseline with { IsEnabled = false, Version = 5 }).Current()]);

        Button(page, "Switch off: Level against baseline").Click();
        page.Find("#rule-1 .confirm > span").TextContent.ShouldBe("Switch it off? 1 sensor is left without a rule for the level.");
        sent.ShouldBeNull();
        page.Find("#rule-1 .confirm .is-danger").Click();

        (sent!.Rule.IsEnabled, sent.Rule.Version).ShouldBe((false, 4));
        page.Find("#rule-1 .rule-off").TextContent.ShouldBe("Switched off");
    }

    [Fact]
    public void Somebody_else_was_faster_is_said_and_the_rules_can_be_loaded_anew()
    {
        Api.ChangeRuleAsync(1, Arg.Any<RuleEdit>(), Some.Ada, Arg.Any<CancellationToken>()).Returns(Some.Refused<AlertRule>(RefusalCode.RuleChanged, 5));
        var page = Open(Rules.Baseline.Current());
        SwitchOff(page);

        page.Find("main .fault").TextContent.ShouldContain("Nothing was changed. Somebody has changed the rule meanwhile");
        Api.GetRulesAsync(Arg.Any<CancellationToken>()).Returns([(Rules.Baseline with { Version = 5, Name = "Renamed" }).Current()]);
        page.Find("main .fault button").Click();

        page.FindAll("main .fault").ShouldBeEmpty();
        page.Find("#rule-1 th a").TextContent.ShouldBe("Renamed");
    }

    [Fact]
    public void Deleting_asks_first()
    {
        Api.DeleteRuleAsync(1, Some.Ada, Arg.Any<CancellationToken>()).Returns(Some.Done(Rules.Baseline));
        var page = Open(Rules.Baseline.Current());

        Button(page, "Delete Level against baseline").Click();
        Api.DidNotReceiveWithAnyArgs().DeleteRuleAsync(0, default, Xunit.TestContext.Current.CancellationToken);
        Api.GetRulesAsync(Arg.Any<CancellationToken>()).Returns([]);
        page.Find("#rule-1 .confirm .is-danger").Click();

        Api.Received(1).DeleteRuleAsync(1, Some.Ada, Arg.Any<CancellationToken>());
        page.Find("main .panel").TextContent.ShouldContain("no alerts are raised");
    }

    [Fact]
    public void Who_may_only_look_is_offered_no_change()
    {
        Person = new("Vera", [Permission.View]);
        var page = Open(Rules.Baseline.Current());

        page.FindAll("main button").Select(button => button.TextContent.Trim()).ShouldBe(["Versions"]);
        page.FindAll("main a.button").ShouldBeEmpty();
    }

    [Fact]
    public void Who_is_limited_to_places_is_offered_changes_of_the_rules_there()
    {
        Person = new("Erik", [Permission.View, Permission.Configure]) { Places = ["Line B"] };
        var page = Open(Rules.Baseline.Current(), Rules.Zones.Current());

        page.FindAll("#rule-1 button, #rule-1 a.button").Select(button => button.TextContent.Trim()).ShouldBe(["Copy", "Versions"], ignoreOrder: true);
        page.FindAll("#rule-7 button, #rule-7 a.button").Select(button => button.TextContent.Trim()).ShouldBe(["Edit", "Copy", "Switch off", "Versions", "Delete"], ignoreOrder: true);
    }

    [Fact]
    public void The_versions_tell_who_changed_what()
    {
        var second = Rules.Baseline with { Version = 2, Tiers = [Rules.Baseline.Tiers[0] with { Threshold = 2.5 }, Rules.Baseline.Tiers[1]] };
        Api.GetRuleVersionsAsync(1, Arg.Any<CancellationToken>()).Returns(
        [
            (second with { Version = 3 }).Current("Grace"), second.Current("Ada") with { IsCurrent = false }, (Rules.Baseline with { Version = 1 }).Current(null) with { IsCurrent = false },
        ]);
        var page = Open(Rules.Baseline.Current());

        Api.DidNotReceiveWithAnyArgs().GetRuleVersionsAsync(0, Xunit.TestContext.Current.CancellationToken);
        Button(page, "Versions of Level against baseline").Click();

        var versions = page.FindAll(".versions > li").Select(version => version.TextContent).ToArray();
        versions.Length.ShouldBe(3);
        versions[0].ShouldContain("Grace");
        versions[0].ShouldContain("Saved without changes.");
        versions[1].ShouldContain("Ada");
        page.Find(".versions del").TextContent.ShouldBe("above 2 × baseline for 3 readings: Warning; above 3 × for 3 readings and 10 s (at once above 10 ×, or when the sensor’s message calls it critical): Critical");
        page.Find(".versions ins").TextContent.ShouldBe("above 2.5 × baseline for 3 readings: Warning; above 3 × for 3 readings and 10 s (at once above 10 ×, or when the sensor’s message calls it critical): Critical");
        versions[2].ShouldContain("as installed");
    }

    [Fact]
    public void Rules_that_cannot_be_fetched_are_said_to_be_so_and_asked_for_again()
    {
        Api.GetRulesAsync(Arg.Any<CancellationToken>()).Returns(Task.FromException<RuleVersion[]>(new HttpRequestException("Connection refused.")));
        var page = Open<RulesPage>(Some.Fleet());
        page.Find("main .fault").TextContent.ShouldContain("Connection refused.");

        Api.GetRulesAsync(Arg.Any<CancellationToken>()).Returns([Rules.Baseline.Current()]);
        page.Find("main .fault button").Click();

        page.FindAll("#rule-1").Count.ShouldBe(1);
    }

    [Fact]
    public void Zones_are_offered_only_where_a_sensor_sends_a_velocity()
    {
        Api.GetRulesAsync(Arg.Any<CancellationToken>()).Returns([]);
        var page = Open<RulesPage>(Some.Fleet());
        page.Find("#templates").TextContent.ShouldContain("no sensor of the fleet sends one");
        page.FindAll("#templates a").Select(link => link.GetAttribute("href")).Skip(3).ShouldBe(["rules/new?template=dead-sensor", "rules/new?template=level-fell", "rules/new?template=stuck"]);
        page.Find("#templates").TextContent.ShouldContain("below a level to be entered for 3 readings: Warning");
        page.Find("#templates").TextContent.ShouldContain("falls by more than 50 % within 6 h for 3 readings: Warning");
        page.Find("#templates").TextContent.ShouldContain("the same level, within its last digit, more than 20 times in a row: Warning");

        Feed.Send(Some.Sensor("VB-2").In("in/s"));
        Beat();

        page.FindAll("#templates a").Select(link => link.GetAttribute("href")).Skip(6).ShouldBe(
            ["rules/new?template=iso10816-1-rigid", "rules/new?template=iso10816-1-flexible", "rules/new?template=iso10816-2-rigid", "rules/new?template=iso10816-2-flexible"]);
        page.Find("#templates").TextContent.ShouldContain("2.3 / 4.5 / 7.1 mm/s");
    }

    private static string[] Cells(IRenderedComponent<MainLayout> page, int id) =>
        [.. page.FindAll($"#rule-{id} td[data-label]").Select(cell => string.Concat(cell.TextContent.Split('\n').Select(line => line.Trim())))];

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<MainLayout> page, string label) => page.Find($"main button[aria-label='{label}']");

    private static void SwitchOff(IRenderedComponent<MainLayout> page)
    {
        Button(page, "Switch off: Level against baseline").Click();
        page.Find("#rule-1 .confirm .is-danger").Click();
    }

    private IRenderedComponent<MainLayout> Open(params RuleVersion[] rules)
    {
        Api.GetRulesAsync(Arg.Any<CancellationToken>()).Returns(rules);
        return Open<RulesPage>(Some.Fleet());
    }
}
