using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;
using VibeDash.Client.Rules;
using VibeDash.Client.Shell;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Faults;
using VibeDash.Core.People;

namespace VibeDash.Client.Tests.Rules;

public sealed class RulePageTests : PageTest
{
    private static readonly SensorSnapshot[] Fleet =
    [
        Some.Sensor("VB-1", "Line B, Pump 1").In("mm/s"), Some.Sensor("VB-2", "Line B, Pump 2").In("mm/s"), Some.Sensor("VB-3", "Line C, Fan 1").In("m/s²"),
    ];

    private RuleEdit? _sent;

    [Fact]
    public void A_new_rule_is_told_in_words_and_sent()
    {
        Api.AddRuleAsync(Arg.Do<RuleEdit>(edit => _sent = edit), Some.Ada, Arg.Any<CancellationToken>()).Returns(Some.Done(Rules.Zones));
        var page = OpenAt("rules/new");

        Input(page, "Name").Input("Pumps");
        Input(page, "Scope").Change("Location");
        Input(page, "The location begins with").Input("Line B");
        Input(page, "Threshold").Input("4.5");
        page.Find(".rule-reach").TextContent.Trim().ShouldStartWith("Applies to 2 sensors: VB-1, VB-2.");
        page.Find(".rule-words").TextContent.ShouldContain("location “Line B”, always: above 4.5 mm/s: Warning; recovers at 4.05 mm/s.");
        page.Find("form.rule-form").Submit();

        _sent.ShouldNotBeNull();
        (_sent.Rule.Name, _sent.Rule.Scope, _sent.Rule.Version).ShouldBe(("Pumps", new AlertScope(ScopeKind.Location, "Line B"), 0));
        _sent.Rule.Tiers.ShouldBe([new(Severity.Warning, 4.5, 4.05, AlertDelay.AtOnce)]);
        Navigation.Uri.ShouldEndWith("/rules");
    }

    [Fact]
    public void Who_is_limited_to_places_begins_there_and_chooses_what_lies_there()
    {
        Person = new("Erik", [Permission.View, Permission.Configure]) { Places = ["Line B"] };
        var page = OpenAt("rules/new");

        page.FindAll("select option").Select(option => option.GetAttribute("value")).Where(value => Enum.TryParse<ScopeKind>(value, out _)).ShouldBe(["Location", "Machine", "Sensor"]);
        page.Find(".rule-reach").TextContent.Trim().ShouldStartWith("Applies to 2 sensors: VB-1, VB-2.");
    }

    [Fact]
    public void A_fault_is_shown_beside_the_form_and_nothing_is_sent()
    {
        var page = OpenAt("rules/new");

        page.Find("form.rule-form").Submit();
        page.Find(".rule-save .fault").TextContent.ShouldContain("The name must have");
        Input(page, "Name").Input("Pumps");
        page.FindAll(".rule-save .fault").ShouldBeEmpty();
        page.Find(".rule-save .notice").TextContent.ShouldContain("finite number");
        Input(page, "Threshold").Input("4");
        Input(page, "Recovers at").Input("5");
        page.Find(".rule-save .notice").TextContent.ShouldContain("must be at most its threshold");
        page.Find("form.rule-form").Submit();

        Api.DidNotReceiveWithAnyArgs().AddRuleAsync(null!, default, Xunit.TestContext.Current.CancellationToken);
    }

    [Fact]
    public void All_faults_are_marked_at_their_fields_once_somebody_wants_to_save_until_they_are_gone()
    {
        var page = OpenAt("rules/new");
        Input(page, "Kind").Change("Change");
        Input(page, "Window").Change("0");
        Input(page, "When").Change("Level");
        page.FindAll("[aria-invalid]").ShouldBeEmpty();

        page.Find("form.rule-form").Submit();

        foreach (var (label, reason) in new[]
        {
            ("Name", "The name must have 1 to 100 characters."), ("Window", "The window must be longer than 0 and at most a day."),
            ("It runs above", "The run level must be a finite number."), ("Threshold", "The threshold must be a finite number."),
        })
        {
            Input(page, label).GetAttribute("aria-invalid").ShouldBe("true", label);
            page.Find($"#{Input(page, label).GetAttribute("aria-describedby")}").TextContent.ShouldBe(reason);
        }

        page.Find(".rule-save .fault").TextContent.ShouldContain("The name must have 1 to 100 characters. 3 more faults are marked in the form.");
        Input(page, "Name").Input("Pumps");
        Input(page, "Name").GetAttribute("aria-invalid").ShouldBeNull();
        page.FindAll("[aria-invalid]").Count.ShouldBe(3);
        page.FindAll(".field-fault").Select(fault => fault.Id).ShouldBeUnique();
    }

    [Fact]
    public void What_the_server_refuses_is_marked_at_its_field()
    {
        Answer<AlertRule> refused = Refusal.Invalid(FieldFault.Of("rule.tiers[0].recovery", FaultCode.RecoveryNotFinite));
        Api.AddRuleAsync(Arg.Any<RuleEdit>(), Some.Ada, Arg.Any<CancellationToken>()).Returns(refused);
        var page = OpenAt("rules/new");
        Input(page, "Name").Input("Pumps");
        Input(page, "Threshold").Input("4.5");

        page.Find("form.rule-form").Submit();

        page.Find($"#{Input(page, "Recovers at").GetAttribute("aria-describedby")}").TextContent.ShouldBe("The recovery threshold must be a finite number.");
        page.Find(".rule-save .fault").TextContent.Trim().ShouldBe("Not saved. The recovery threshold must be a finite number.");
        Input(page, "Recovers at").Input("4");
        page.FindAll("[aria-invalid]").ShouldBeEmpty();
    }

    [Fact]
    public void A_rule_may_follow_the_state_of_its_machine_and_the_form_tells_of_whom_nothing_was_said()
    {
        Api.AddRuleAsync(Arg.Do<RuleEdit>(edit => _sent = edit), Some.Ada, Arg.Any<CancellationToken>()).Returns(Some.Done(Rules.Zones));
        var page = OpenAt("rules/new", [Fleet[0] with { Machine = new(false, Some.Time) }, Fleet[1], Fleet[2]]);

        Input(page, "Name").Input("While it runs");
        Input(page, "Threshold").Input("4.5");
        Input(page, "When").Change("State");
        page.Find(".rule-machines").TextContent.Trim().ShouldStartWith("The state of the machine is unknown for 2 of 3 sensors: VB-2, VB-3. Until it is reported, the machine counts as running");
        Input(page, "Scope").Change("Sensor");
        Input(page, "Sensor id").Input("VB-1");
        page.Find(".rule-machines").TextContent.Trim().ShouldBe("The state of the machine is known for all sensors of this rule.");
        page.Find(".rule-words").TextContent.ShouldContain("sensor VB-1, while the machine’s state topic reports that it runs: above 4.5 mm/s");
        page.Find("form.rule-form").Submit();

        _sent.ShouldNotBeNull().Rule.Gate.ShouldBe(new RunGate(null, null, UsesMachineState: true));
    }

    [Theory]
    [InlineData("LevelAbove", "Kind|Unit|Holds at the threshold too|Threshold, mm/s|Recovers at, mm/s|On-delay, readings|On-delay, s|At once above, mm/s|Off-delay, readings|Off-delay, min")]
    [InlineData("LevelBelow", "Kind|Unit|Holds at the threshold too|Threshold, mm/s|Recovers at, mm/s|On-delay, readings|On-delay, s|At once below, mm/s|Off-delay, readings|Off-delay, min")]
    [InlineData("BaselineMultiple", "Kind|Holds at the threshold too|Threshold, ×|Recovers at, ×|On-delay, readings|On-delay, s|At once above, ×|Off-delay, readings|Off-delay, min")]
    [InlineData("Change", "Kind|Direction|Window, min|Thresholds are|Unit|Threshold, mm/s|Recovers at, mm/s|On-delay, readings|On-delay, s|Off-delay, readings|Off-delay, min")]
    [InlineData("NoData", "Kind|Thresholds are|Threshold, × cadence")]
    [InlineData("Stuck", "Kind|The same level is|Threshold, readings|Off-delay, readings|Off-delay, min")]
    [InlineData("CalibrationAge", "Kind|Threshold, months")]
    [InlineData("ClockOff", "Kind|Threshold, s|Off-delay, readings|Off-delay, min")]
    public void Only_the_fields_of_a_kind_are_shown(string kind, string fields)
    {
        var page = OpenAt("rules/new");

        Input(page, "Kind").Change(kind);

        string.Join('|', Labels(page)).ShouldBe(fields);
    }

    [Fact]
    public void Sensors_of_another_kind_of_unit_are_warned_of_with_the_reason()
    {
        var page = OpenAt("rules/new");

        page.Find(".rule-refused").TextContent.ShouldContain("Not evaluated for 1 of this scope: VB-3");
        page.Find(".rule-refused").TextContent.ShouldContain("mm/s is a velocity and m/s² an acceleration");
        Input(page, "Kind").Change("BaselineMultiple");
        page.FindAll(".rule-refused").ShouldBeEmpty();
    }

    [Fact]
    public void Zones_are_refused_where_no_sensor_sends_a_velocity_and_suggest_only_those_that_do()
    {
        var page = OpenAt("rules/new?template=iso10816-1-rigid");
        Input(page, "Scope").Change("Sensor");
        page.FindAll("#scope-values option").Select(option => option.GetAttribute("value")).ShouldBe(["VB-1", "VB-2"]);

        Input(page, "Sensor id").Input("VB-3");
        page.Find("form.rule-form").Submit();

        page.Find(".rule-save .fault").TextContent.ShouldContain("No sensor of this scope sends a velocity. mm/s is a velocity and m/s² an acceleration");
        Api.DidNotReceiveWithAnyArgs().AddRuleAsync(null!, default, Xunit.TestContext.Current.CancellationToken);
    }

    [Fact]
    public void A_template_fills_the_form()
    {
        var page = OpenAt("rules/new?template=iso10816-2-flexible");

        Input(page, "Name").GetAttribute("value").ShouldBe("ISO 10816-3 group 2, flexible support");
        page.FindAll(".tier input[type=number]").Select(input => input.GetAttribute("value")).Where((_, i) => i % 5 == 0).ShouldBe(["2.3", "4.5", "7.1"]);
        page.Find(".rule-words").TextContent.ShouldContain("at or above 2.3 mm/s for 3 readings: Advisory");
        page.Find("form").TextContent.ShouldContain("zone B is an Advisory, C a Warning, D Critical");
    }

    [Theory]
    [InlineData("dead-sensor", ConditionKind.LevelBelow, null)]
    [InlineData("level-fell", ConditionKind.Change, 50.0)]
    [InlineData("stuck", ConditionKind.Stuck, 20.0)]
    public void A_template_for_the_running_machine_has_its_gate_and_asks_for_what_depends_on_the_sensor(string key, ConditionKind kind, double? threshold)
    {
        Api.AddRuleAsync(Arg.Do<RuleEdit>(edit => _sent = edit), Some.Ada, Arg.Any<CancellationToken>()).Returns(Some.Done(Rules.Zones));
        var page = OpenAt($"rules/new?template={key}");

        page.Find("form.rule-form").Submit();
        if (threshold is null)
        {
            page.Find(".rule-save .fault").TextContent.ShouldContain("The threshold must be a finite number.");
            page.Find(".tier input[type=number]").Input("0.2");
            page.Find("form.rule-form").Submit();
        }

        var rule = _sent!.Rule;
        (rule.Kind, rule.Tiers.Single().Severity, rule.Tiers[0].Threshold, rule.Gate).ShouldBe((kind, Severity.Warning, threshold ?? 0.2, new RunGate(null, null, UsesMachineState: true)));
        rule.Fault().ShouldBeNull();
    }

    [Fact]
    public void A_copy_is_a_new_rule()
    {
        Api.GetRulesAsync(Arg.Any<CancellationToken>()).Returns([Rules.Zones.Current()]);
        Api.AddRuleAsync(Arg.Do<RuleEdit>(edit => _sent = edit), Some.Ada, Arg.Any<CancellationToken>()).Returns(Some.Done(Rules.Zones));
        var page = OpenAt("rules/new?copy=7");

        page.Find("form.rule-form").Submit();

        (_sent!.Rule.Id, _sent.Rule.Version, _sent.Rule.Name).ShouldBe((0, 0, "Copy of ISO 10816-3 group 1, rigid support"));
        _sent.Rule.Tiers.ShouldBe(Rules.Zones.Tiers);
    }

    [Fact]
    public void An_edit_is_sent_with_the_version_seen_and_who_was_faster_can_be_loaded()
    {
        Api.GetRulesAsync(Arg.Any<CancellationToken>()).Returns([Rules.Zones.Current()]);
        Api.ChangeRuleAsync(7, Arg.Do<RuleEdit>(edit => _sent = edit), Some.Ada, Arg.Any<CancellationToken>())
            .Returns(Some.Refused<AlertRule>(RefusalCode.RuleChanged, 2));
        var page = OpenAt("rules/7", 7);
        Input(page, "Name").Input("Mine");
        page.Find("form.rule-form").Submit();

        _sent!.Rule.Version.ShouldBe(1);
        page.Find(".rule-save .fault").TextContent.ShouldContain("Not saved. Somebody has changed the rule meanwhile: it is at version 2.");
        Input(page, "Name").GetAttribute("value").ShouldBe("Mine");
        Api.GetRulesAsync(Arg.Any<CancellationToken>()).Returns([(Rules.Zones with { Version = 2, Name = "Theirs" }).Current()]);
        page.Find(".rule-save .fault button").Click();

        Input(page, "Name").GetAttribute("value").ShouldBe("Theirs");
        page.Find("form.rule-form").Submit();
        _sent.Rule.Version.ShouldBe(2);
    }

    [Theory]
    [InlineData(RefusalCode.RuleUnknown, "Not saved. There is no rule 7.")]
    [InlineData(RefusalCode.TooManyRules, "Not saved. There are 7 rules; no more can be added.")]
    public void Only_who_was_overtaken_is_offered_the_current_version(RefusalCode code, string text)
    {
        Api.GetRulesAsync(Arg.Any<CancellationToken>()).Returns([Rules.Zones.Current()]);
        Api.ChangeRuleAsync(7, Arg.Any<RuleEdit>(), Some.Ada, Arg.Any<CancellationToken>()).Returns(Some.Refused<AlertRule>(code, 7));
        var page = OpenAt("rules/7", 7);

        page.Find("form.rule-form").Submit();

        page.Find(".rule-save .fault").TextContent.Trim().ShouldBe(text);
        page.FindAll(".rule-save .fault button").ShouldBeEmpty();
    }

    [Fact]
    public void A_server_that_is_away_leaves_what_was_entered()
    {
        Api.AddRuleAsync(null!, default, Xunit.TestContext.Current.CancellationToken).ReturnsForAnyArgs(Task.FromException<Answer<AlertRule>>(new HttpRequestException("Connection refused.")));
        var page = OpenAt("rules/new?template=default-1");

        page.Find("form.rule-form").Submit();

        page.Find(".rule-save .fault").TextContent.ShouldContain("Connection refused.");
        Input(page, "Name").GetAttribute("value").ShouldBe("Level against baseline");
    }

    [Fact]
    public void A_rule_that_was_deleted_shows_its_versions()
    {
        Api.GetRulesAsync(Arg.Any<CancellationToken>()).Returns([]);
        Api.GetRuleVersionsAsync(7, Arg.Any<CancellationToken>()).Returns([Rules.Zones.Current() with { IsCurrent = false }]);

        var page = OpenAt("rules/7", 7);

        page.Find("main .panel").TextContent.ShouldContain("This rule does not exist.");
        page.Find("main .panel").TextContent.ShouldContain("The rule was deleted after version 1.");
    }

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    private static IEnumerable<string> Labels(IRenderedComponent<MainLayout> page) => page.FindAll("fieldset").First(set => set.QuerySelector("legend")!.TextContent == "Condition")
        .QuerySelectorAll("label").Where(label => label.QuerySelector(".condition") is null).Select(label => label.QuerySelector("span")!.TextContent);

    private static AngleSharp.Dom.IElement Input(IRenderedComponent<MainLayout> page, string label) => page.FindAll("main label")
        .First(field => field.QuerySelector("span")!.TextContent.Split(',')[0] == label).QuerySelector("input, select")!;

    private IRenderedComponent<MainLayout> OpenAt(string address, int? ruleId = null)
    {
        Navigation.NavigateTo(address);
        return ruleId is null ? Open<RulePage>(Some.Fleet(Fleet)) : Open<RulePage>(Some.Fleet(Fleet), (nameof(RulePage.RuleId), ruleId));
    }

    private IRenderedComponent<MainLayout> OpenAt(string address, SensorSnapshot[] sensors)
    {
        Navigation.NavigateTo(address);
        return Open<RulePage>(Some.Fleet(sensors));
    }
}
