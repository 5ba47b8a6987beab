using VibeDash.Core.Alerts;
using static VibeDash.Core.Tests.Alerts.Watched;

namespace VibeDash.Core.Tests.Alerts;

/// <summary>The times in which the condition of an alert held.</summary>
public sealed class AlertSpanTests
{
    [Fact]
    public void Silent_for_eight_minutes_back_for_ten_and_silent_for_two_are_two_times_of_one_alert()
    {
        var sensor = new Watched(Sample.Silent(60));
        sensor.Sees(Reading(0, 1)).IsSilentUntil(480);
        for (var second = 480; second <= 1080; second += 30)
            sensor.Sees(Reading(second, 1));
        sensor.IsSilentUntil(1200);

        var alert = sensor.Alert;
        (alert.State, alert.Raises).ShouldBe((AlertState.Unacknowledged, 2));
        (alert.Since, alert.RaisedAt, alert.ClearedAt).ShouldBe((At(1080), At(1140), null), "this time");
        (alert.FirstSince, alert.FirstRaisedAt, alert.PreviousClearedAt).ShouldBe((At(0), At(60), At(480)), "before");
        Of(sensor).ShouldBe([(60, 480), (1140, null)], "nothing of the ten good minutes");
        AlertSpan.Of(alert).ShouldBe(new AlertSpan(1, ConditionKind.NoData, Severity.Warning, At(1140), null));
    }

    [Fact]
    public void A_time_has_its_last_severity_and_actions_of_people_do_not_end_it()
    {
        var sensor = new Watched(Sample.Multiple()).Sees(2.1, 3.1);
        sensor.Acknowledges();
        sensor.Sees(2.1).Sees(1);
        sensor.Sees(3.1);

        Spans.Of(sensor.Journal).Select(span => (span.AlertId, span.Severity, Seconds(span.From), span.To)).ShouldBe(
            [(1, Severity.Warning, 0, At(3)), (2, Severity.Critical, 4, null)]);
    }

    [Fact]
    public void A_journal_that_begins_in_the_middle_has_what_it_tells()
    {
        var sensor = new Watched(Sample.Above(2, 1.5)).Sees(3, 1, 3, 1);

        AlertSpan.Of(ConditionKind.LevelAbove, sensor.Journal.Skip(1).Select(change => change.Transition)).Select(span => (Seconds(span.From), span.To)).ShouldBe([(2, At(3))]);
    }

    [Fact]
    public void One_that_was_never_raised_has_none() => AlertSpan.Of(new Alert(1, "VB-1", ConditionKind.Stuck)).ShouldBeNull();

    [Fact]
    public void What_is_found_late_between_two_times_is_a_time_of_its_own()
    {
        // Regression: the whole alert counted as one time, so what held between two of its times was not journalled.
        var sensor = new Watched(Sample.Above(2, 1.5)).Sees(3, 1).Sees(Reading(10, 1)).Sees(Reading(20, 3));

        sensor.SeesLate(Reading(4, 3), Reading(6, 1));

        sensor.Journal.Where(change => change.Transition.IsBackfilled).Select(change => (change.Transition.Trigger, Seconds(change.Transition.At)))
            .ShouldBe([(AlertTrigger.Raised, 4), (AlertTrigger.Cleared, 6)]);
        Of(sensor).ShouldBe([(0, 1), (20, null), (4, 6)]);
        (sensor.Alert.RaisedAt, sensor.Alert.Raises).ShouldBe((At(20), 2));
    }

    [Fact]
    public void The_present_time_is_not_ended_by_what_was_over_before_it()
    {
        // Regression: the alert counted as raised at 0, so the late time of 4 to 6 cleared the present one, which began at 20.
        var sensor = new Watched(Sample.Above(2, hold: 2)).Sees(3, 3, 1).Sees(Reading(20, 3)).Sees(Reading(21, 3));
        sensor.Alert.Raises.ShouldBe(2);

        sensor.SeesLate(Reading(4, 3), Reading(5, 3), Reading(6, 1), Reading(20.5, 1));

        (sensor.State, sensor.Alert.RaisedAt).ShouldBe((AlertState.Unacknowledged, At(21)));
    }

    private static IEnumerable<(double From, double? To)> Of(Watched sensor) =>
        Spans.Of(sensor.Journal).Select(span => (Seconds(span.From), span.To is { } to ? Seconds(to) : (double?)null));
}
