using VibeDash.Core.Alerts;

namespace VibeDash.Core.Tests.Alerts;

public sealed class Iso10816ZonesTests
{
    /// <summary>Group, flexible support, level in mm/s, and the severity of its zone: none is zone A.</summary>
    public static TheoryData<int, bool, double, Severity?> Levels => new()
    {
        { 1, false, 2.29, null }, { 1, false, 2.3, Severity.Advisory }, { 1, false, 4.49, Severity.Advisory },
        { 1, false, 4.5, Severity.Warning }, { 1, false, 7.09, Severity.Warning }, { 1, false, 7.1, Severity.Critical },
        { 1, true, 3.49, null }, { 1, true, 3.5, Severity.Advisory }, { 1, true, 7.09, Severity.Advisory },
        { 1, true, 7.1, Severity.Warning }, { 1, true, 10.99, Severity.Warning }, { 1, true, 11.0, Severity.Critical },
        { 2, false, 1.39, null }, { 2, false, 1.4, Severity.Advisory }, { 2, false, 2.79, Severity.Advisory },
        { 2, false, 2.8, Severity.Warning }, { 2, false, 4.49, Severity.Warning }, { 2, false, 4.5, Severity.Critical },
        { 2, true, 2.29, null }, { 2, true, 2.3, Severity.Advisory }, { 2, true, 4.49, Severity.Advisory },
        { 2, true, 4.5, Severity.Warning }, { 2, true, 7.09, Severity.Warning }, { 2, true, 7.1, Severity.Critical },
    };

    [Theory]
    [MemberData(nameof(Levels))]
    public void A_level_has_the_severity_of_its_zone_and_on_a_boundary_of_the_worse(int group, bool isFlexible, double level, Severity? severity)
    {
        var sensor = Sensor(group, isFlexible, "mm/s").Sees(level, level, level);

        sensor.Watch.Alerts.Select(alert => (Severity?)alert.Severity).SingleOrDefault().ShouldBe(severity);
    }

    [Theory]
    [InlineData("m/s", 0.0045)]
    [InlineData("cm/s", 0.45)]
    [InlineData("µm/s", 4500)]
    public void The_boundary_is_the_same_in_other_units_of_velocity(string unit, double level) =>
        Sensor(1, false, unit).Sees(level, level, level).Alert.Severity.ShouldBe(Severity.Warning);

    [Fact]
    public void The_rules_are_without_fault_and_refused_for_an_acceleration()
    {
        Iso10816Zones.All.Count.ShouldBe(4);
        foreach (var rule in Iso10816Zones.All.Select(zones => zones.Rule(AlertScope.All)))
        {
            rule.Fault().ShouldBeNull();
            rule.Condition.Mismatch("m/s²").ShouldBe("mm/s");
        }
    }

    private static Watched Sensor(int group, bool isFlexible, string unit) =>
        new([new SensorRule(Iso10816Zones.All.Single(zones => (zones.Group, zones.IsFlexible) == (group, isFlexible)).Rule(AlertScope.All) with { Id = 1, Version = 1 }, unit)], "VB-1");
}
