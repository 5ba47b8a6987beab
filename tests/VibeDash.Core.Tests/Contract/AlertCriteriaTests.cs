using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;

namespace VibeDash.Core.Tests.Contract;

public sealed class AlertCriteriaTests
{
    private static readonly Alert Alert = Example.Alert() with { FirstRaisedAt = Example.Time.AddHours(-1), EndedAt = null };

    public static TheoryData<AlertCriteria, bool> Criteria => new()
    {
        { new(), true },
        { new() { Severity = Severity.Critical }, true },
        { new() { Severity = Severity.Warning }, false },
        { new() { State = AlertState.Unacknowledged }, true },
        { new() { State = AlertState.Acknowledged }, false },
        { new() { SensorId = "VB-1" }, true },
        { new() { SensorId = "VB-2" }, false },
        { new() { Kind = ConditionKind.BaselineMultiple }, true },
        { new() { Kind = ConditionKind.NoData }, false },
        { new() { RuleId = 2 }, true },
        { new() { RuleId = 3 }, false },
        { new() { RaisedFrom = Example.Time }, true },
        { new() { RaisedFrom = Example.Time.AddSeconds(1) }, false },
        { new() { From = Example.Time.AddYears(1) }, true },
        { new() { To = Example.Time.AddHours(-1) }, true },
        { new() { To = Example.Time.AddHours(-2) }, false },
        { new() { Place = "hall 1" }, true },
        { new() { Place = "Hall 1, Line B" }, true },
        { new() { Place = "Hall" }, false },
        { new() { Place = "Hall 1, Line B, Pump 4" }, false },
        { new() { Machine = "Hall 1,Line B,  pump 4" }, true },
        { new() { Machine = "Pump 4" }, false },
        { new() { Place = "Hall 1", Machine = "Hall 2, Pump 4" }, false },
        { new() { Severity = Severity.Critical, Kind = ConditionKind.BaselineMultiple, Place = "Hall 1" }, true },
        { new() { Severity = Severity.Critical, Kind = ConditionKind.NoData, Place = "Hall 1" }, false },
    };

    [Theory]
    [MemberData(nameof(Criteria))]
    public void An_alert_passes_all_that_are_given(AlertCriteria criteria, bool passes) => criteria.Passes(Alert, "Hall 1 , Line B, Pump 4").ShouldBe(passes);
}
