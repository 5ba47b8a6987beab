using VibeDash.Client.Rules;
using VibeDash.Core.Alerts;
using VibeDash.Core.Live;

namespace VibeDash.Client.Tests.Rules;

public sealed class RuleLossTests
{
    private static readonly AlertRule Level = AlertRule.Defaults[0] with { Id = 1 };
    private static readonly AlertRule OnePump = Level with { Id = 2, Scope = new(ScopeKind.Sensor, "VB-2") };
    private static readonly AlertRule Silence = AlertRule.Defaults.First(rule => rule.Kind == ConditionKind.NoData) with { Id = 3 };

    private static readonly FleetView Fleet = new(Some.Fleet(
        [Some.Sensor("VB-1"), Some.Sensor("VB-2"), Some.Sensor("VB-3")],
        [Some.Alert(1, "VB-1"), Some.Alert(2, "VB-2"), Some.Alert(3, "VB-3", state: AlertState.ReturnedUnacknowledged), Some.Alert(4, "VB-3", kind: ConditionKind.NoData)]));

    [Fact]
    public void Alerts_and_sensors_of_no_other_rule_are_counted()
    {
        RuleLoss.Of(Level, [Level, OnePump, Silence], Fleet).ShouldBe(new(1, 2));
        RuleLoss.Of(OnePump, [Level, OnePump, Silence], Fleet).ShouldBe(new(0, 0));
        RuleLoss.Of(Level, [Level, OnePump with { IsEnabled = false }, Silence], Fleet).ShouldBe(new(2, 3));
        RuleLoss.Of(Silence, [Level, Silence], Fleet).ShouldBe(new(1, 0));
    }

    [Theory]
    [InlineData(0, 0, "")]
    [InlineData(1, 0, " 1 open alert ends, because no rule evaluates it any more.")]
    [InlineData(2, 1, " 2 open alerts end, because no rule evaluates them any more. 1 sensor is left without a rule for the level.")]
    [InlineData(0, 2000, " 2000 sensors are left without a rule for the level.")]
    public void It_is_told_in_sentences(int alerts, int sensors, string text) => $"{new RuleLoss(alerts, sensors)}".ShouldBe(text);
}
