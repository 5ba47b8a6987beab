using VibeDash.Client.Rules;
using VibeDash.Core.Alerts;
using VibeDash.Core.Live;

namespace VibeDash.Client.Tests.Rules;

public sealed class ScopeReachTests
{
    private static readonly SensorView[] Fleet =
    [
        new(Some.Sensor("VB-3", "Line C, Fan 1").In("odd")),
        new(Some.Sensor("VB-2", "Line B, Pump 2").In("m/s²", "spare")),
        new(Some.Sensor("VB-1", "Line B, Pump 1").In("mm/s")),
    ];

    [Fact]
    public void Sensors_of_a_unit_that_cannot_be_compared_are_named_with_the_reason()
    {
        var reach = ScopeReach.Of(Rules.Zones with { Scope = AlertScope.All }, Fleet);

        reach.Covered.Select(sensor => sensor.SensorId).ShouldBe(["VB-1", "VB-2", "VB-3"]);
        reach.Refused.Select(sensor => sensor.SensorId).ShouldBe(["VB-2", "VB-3"]);
        reach.Reasons.ShouldBe(
        [
            "mm/s is a velocity and m/s² an acceleration: one cannot be converted into the other without the frequency.",
            "'odd' is not known as a unit of acceleration, velocity or displacement: it cannot be compared with mm/s.",
        ]);
    }

    [Fact]
    public void A_rule_without_a_unit_is_for_all_of_its_scope() =>
        ScopeReach.Of(Rules.Baseline with { IsEnabled = false }, Fleet).Refused.ShouldBeEmpty();

    [Fact]
    public void The_unit_of_the_gate_counts_too() =>
        ScopeReach.Of(Rules.Baseline with { Gate = new(1, "mm/s") }, Fleet).Refused.Select(sensor => sensor.SensorId).ShouldBe(["VB-2", "VB-3"]);

    [Fact]
    public void A_scope_that_names_nothing_reaches_nothing() =>
        ScopeReach.Of(Rules.Zones with { Scope = new(ScopeKind.Location, " ") }, Fleet).Covered.ShouldBeEmpty();

    [Theory]
    [InlineData(ScopeKind.Location, "", "Line B|Line B, Pump 1|Line B, Pump 2|Line C|Line C, Fan 1")]
    [InlineData(ScopeKind.Location, "pump", "Line B, Pump 1|Line B, Pump 2")]
    [InlineData(ScopeKind.Machine, "", "Line B, Pump 1|Line B, Pump 2|Line C, Fan 1")]
    [InlineData(ScopeKind.Model, "", "VibroMonitor Pro X1")]
    [InlineData(ScopeKind.Label, "", "spare")]
    [InlineData(ScopeKind.Sensor, "3", "VB-3")]
    public void Suggestions_come_from_the_fleet(ScopeKind kind, string entered, string expected) =>
        string.Join('|', ScopeSuggestions.For(kind, entered, Fleet)).ShouldBe(expected);
}
