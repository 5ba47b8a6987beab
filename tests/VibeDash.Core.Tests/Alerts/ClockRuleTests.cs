using VibeDash.Core.Alerts;
using static VibeDash.Core.Alerts.AlertTrigger;

namespace VibeDash.Core.Tests.Alerts;

public sealed class ClockRuleTests
{
    private readonly Watched _sensor = new(Sample.Warning(new(ConditionKind.ClockOff), threshold: 60, recovery: 60));

    [Fact]
    public void A_clock_that_is_off_by_more_raises_an_alert_without_a_baseline_and_one_put_right_ends_it()
    {
        Sees(0, lead: 60);
        _sensor.State.ShouldBe(AlertState.Normal);

        Sees(1, lead: 240);
        (_sensor.State, _sensor.Alert.Level, _sensor.Alert.Threshold, _sensor.Alert.Unit).ShouldBe((AlertState.Unacknowledged, 240, 60, "s"));

        Sees(2, lead: 0);
        _sensor.Times.ShouldBe([(Raised, 1), (Cleared, 2)]);
    }

    [Fact]
    public void Stored_readings_do_not_show_the_clock_and_change_nothing()
    {
        Sees(0, lead: 240);
        SeesLate(-10);
        _sensor.Triggers.ShouldBe([Raised]);

        Sees(1, lead: 0);
        SeesLate(0.5);
        _sensor.Triggers.ShouldBe([Raised, Cleared]);

        Sees(2, lead: 240);
        _sensor.Triggers.ShouldBe([Raised, Cleared, Raised]);
    }

    private void Sees(double second, double lead) => _sensor.Sees(Watched.Reading(second, 1, baseline: 0) with { ClockOff = lead });

    // With the readings as they are stored.
    private void SeesLate(double second)
    {
        for (var i = 0; i < _sensor.Readings.Count; i++)
            _sensor.Readings[i] = _sensor.Readings[i] with { ClockOff = double.NaN };
        _sensor.SeesLate(Watched.Reading(second, 1, baseline: 0));
    }
}
