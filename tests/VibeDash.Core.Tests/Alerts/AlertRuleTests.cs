using VibeDash.Core.Alerts;

namespace VibeDash.Core.Tests.Alerts;

public sealed class AlertRuleTests
{
    [Theory]
    [InlineData(1, 1, "x", Severity.Advisory, 2.0, 2.0, 1)]
    [InlineData(1, 1, "x", Severity.Critical, 1e-300, 1e-300, 1000)]
    [InlineData(int.MaxValue, int.MaxValue, "x", Severity.Warning, double.MaxValue, 0.1, 3)]
    public void Values_within_the_limits_are_kept(int id, int version, string name, Severity severity, double threshold, double recovery, int hold)
    {
        var rule = new AlertRule(id, version, name, severity, threshold, recovery, hold);

        (rule.Id, rule.Version, rule.Name, rule.Severity).ShouldBe((id, version, name, severity));
        (rule.ThresholdRatio, rule.RecoveryRatio, rule.HoldReadings).ShouldBe((threshold, recovery, hold));
    }

    [Theory]
    [InlineData("id", 0, 1, "x", Severity.Warning, 2.0, 1.8, 3)]
    [InlineData("id", -1, 1, "x", Severity.Warning, 2.0, 1.8, 3)]
    [InlineData("version", 1, 0, "x", Severity.Warning, 2.0, 1.8, 3)]
    [InlineData("name", 1, 1, "", Severity.Warning, 2.0, 1.8, 3)]
    [InlineData("name", 1, 1, "  ", Severity.Warning, 2.0, 1.8, 3)]
    [InlineData("name", 1, 1, null, Severity.Warning, 2.0, 1.8, 3)]
    [InlineData("severity", 1, 1, "x", (Severity)0, 2.0, 1.8, 3)]
    [InlineData("severity", 1, 1, "x", (Severity)4, 2.0, 1.8, 3)]
    [InlineData("thresholdRatio", 1, 1, "x", Severity.Warning, 0.0, 1.8, 3)]
    [InlineData("thresholdRatio", 1, 1, "x", Severity.Warning, -2.0, 1.8, 3)]
    [InlineData("thresholdRatio", 1, 1, "x", Severity.Warning, double.NaN, 1.8, 3)]
    [InlineData("thresholdRatio", 1, 1, "x", Severity.Warning, double.PositiveInfinity, 1.8, 3)]
    [InlineData("recoveryRatio", 1, 1, "x", Severity.Warning, 2.0, 0.0, 3)]
    [InlineData("recoveryRatio", 1, 1, "x", Severity.Warning, 2.0, -1.0, 3)]
    [InlineData("recoveryRatio", 1, 1, "x", Severity.Warning, 2.0, 2.1, 3)]
    [InlineData("recoveryRatio", 1, 1, "x", Severity.Warning, 2.0, double.NaN, 3)]
    [InlineData("holdReadings", 1, 1, "x", Severity.Warning, 2.0, 1.8, 0)]
    [InlineData("holdReadings", 1, 1, "x", Severity.Warning, 2.0, 1.8, 1001)]
    public void A_value_outside_them_is_refused_by_name(
        string parameter, int id, int version, string? name, Severity severity, double threshold, double recovery, int hold) =>
        Should.Throw<ArgumentException>(() => new AlertRule(id, version, name!, severity, threshold, recovery, hold)).ParamName.ShouldBe(parameter);

    [Fact]
    public void A_new_installation_warns_above_twice_and_is_critical_above_three_times_the_baseline()
    {
        AlertRule.Defaults.Select(rule => (rule.Id, rule.Severity, rule.ThresholdRatio, rule.RecoveryRatio, rule.HoldReadings)).ShouldBe(
        [
            (1, Severity.Warning, 2.0, 1.8, 3),
            (2, Severity.Critical, 3.0, 2.7, 1),
        ]);
    }
}
