using System.Text.Json;
using VibeDash.Client.Rules;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Faults;

namespace VibeDash.Client.Tests.Rules;

public sealed class RuleDraftTests
{
    public static TheoryData<AlertRule> Stored =>
    [
        AlertRule.Defaults[0],
        Rules.Zones with { Condition = new(ConditionKind.LevelBelow) { Unit = "g" }, Tiers = [new(Severity.Critical, 3, 4, new(2, TimeSpan.FromSeconds(0.1))) { AtOnce = 1.5 }] },
        AlertRule.Defaults[1],
        AlertRule.Defaults[2] with { IsEnabled = false, Note = "n" },
        Rules.Zones with { OffDelay = new(4, TimeSpan.FromSeconds(90)), Gate = new(0.5, "in/s") },
        Rules.Zones with { Condition = new(ConditionKind.LevelBelow) { Unit = "g" }, Tiers = [new(Severity.Critical, 1, 2, new(7, TimeSpan.FromHours(2)))], Gate = new(null, null, true) },
        Rules.Zones with { Condition = new(ConditionKind.Change) { Unit = "g", Window = TimeSpan.FromSeconds(45), Direction = ChangeDirection.Down } },
        Rules.Zones with { Condition = new(ConditionKind.Change) { IsRelative = true, Window = TimeSpan.FromHours(3), Direction = ChangeDirection.Up } },
        Rules.Zones with { Condition = new(ConditionKind.NoData), Tiers = [new(Severity.Warning, 90, 90, AlertDelay.AtOnce)] },
        Rules.Zones with { Condition = new(ConditionKind.Stuck), Tiers = [new(Severity.Advisory, 30, 2, AlertDelay.AtOnce)] },
        Rules.Zones with { Condition = new(ConditionKind.Stuck) { Tolerance = 0.002, Unit = "g" }, Tiers = [new(Severity.Advisory, 30, 2, AlertDelay.AtOnce)] },
        Rules.Zones with { Condition = new(ConditionKind.Stuck) { Tolerance = 1.5, IsRelative = true }, Tiers = [new(Severity.Advisory, 30, 2, AlertDelay.AtOnce)] },
    ];

    [Theory]
    [MemberData(nameof(Stored))]
    public void What_is_opened_and_saved_is_the_same(AlertRule rule) => Json(new RuleDraft(rule, "mm/s").Rule).ShouldBe(Json(rule));

    [Fact]
    public void What_is_not_entered_is_told_by_the_fault()
    {
        var draft = new RuleDraft("mm/s");
        FaultText.Of(draft.Rule.Fault().ShouldNotBeNull()).ShouldContain("name");

        draft.Name = " Pumps ";
        FaultText.Of(draft.Rule.Fault().ShouldNotBeNull()).ShouldContain("finite number");

        draft.Tiers[1].Threshold = 4;
        draft.Rule.Fault().ShouldBeNull();
        draft.Rule.Name.ShouldBe("Pumps");
        draft.Rule.Tiers.ShouldBe([new(Severity.Warning, 4, 3.6, AlertDelay.AtOnce)]);
    }

    [Theory]
    [InlineData(ConditionKind.LevelAbove, 10, 9)]
    [InlineData(ConditionKind.LevelBelow, 10, 11)]
    [InlineData(ConditionKind.BaselineMultiple, 2, 1.8)]
    [InlineData(ConditionKind.DifferenceAbove, 2, 1.8)]
    [InlineData(ConditionKind.Change, 2, 1.8)]
    [InlineData(ConditionKind.NoData, 8, 8)]
    [InlineData(ConditionKind.Stuck, 20, 1)]
    [InlineData(ConditionKind.CalibrationAge, 12, 12)]
    [InlineData(ConditionKind.BaselineChange, 10, 10)]
    public void A_new_rule_of_each_kind_needs_a_threshold_and_no_more(ConditionKind kind, double threshold, double recovery)
    {
        var draft = new RuleDraft("mm/s") { Name = "x" };
        draft.ChangeKind(kind);
        draft.Tiers[1].Threshold = threshold;

        draft.Rule.Fault().ShouldBeNull();
        draft.Rule.Tiers.ShouldHaveSingleItem().Recovery.ShouldBe(recovery);
    }

    [Fact]
    public void A_time_out_of_range_is_a_fault_and_no_crash()
    {
        var draft = new RuleDraft(Rules.Zones, "mm/s") { RecoveryMinutes = 1e300 };

        FaultText.Of(draft.Rule.Fault().ShouldNotBeNull()).ShouldContain("on-delay");
    }

    [Fact]
    public void The_threshold_that_skips_the_delay_is_entered_and_goes_with_the_kind()
    {
        var draft = new RuleDraft(AlertRule.Defaults[0], "mm/s");
        draft.Tiers[2].AtOnce = 3;
        draft.Rule.Fault().ShouldNotBeNull().Field.ShouldBe("tiers[1].atOnce");
        draft.Tiers[2].AtOnce = 8;
        draft.Rule.Tiers[1].ShouldBe(new AlertTier(Severity.Critical, 3, 2.7, new(3, TimeSpan.FromSeconds(10))) { AtOnce = 8 });

        draft.ChangeKind(ConditionKind.Change);

        draft.Tiers[2].AtOnce.ShouldBeNull();
    }

    [Theory]
    [InlineData(1e300)]
    [InlineData(86_401)]
    [InlineData(-1)]
    public void An_on_delay_out_of_range_is_a_fault_and_no_crash(double seconds)
    {
        var draft = new RuleDraft(Rules.Zones, "mm/s");
        draft.Tiers[0].HoldSeconds = seconds;

        draft.Rule.Fault().ShouldNotBeNull().Field.ShouldBe("tiers[0].onDelay");
    }

    private static string Json(AlertRule rule) => JsonSerializer.Serialize(rule, DashboardJson.Default.AlertRule);
}
