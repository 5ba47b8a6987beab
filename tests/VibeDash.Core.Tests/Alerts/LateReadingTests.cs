using VibeDash.Core.Alerts;
using static VibeDash.Core.Alerts.AlertTrigger;

namespace VibeDash.Core.Tests.Alerts;

public sealed class LateReadingTests
{
    [Fact]
    public void What_had_been_and_is_over_is_backfilled_and_asks_nobody()
    {
        var sensor = new Watched(Sample.Multiple()).Sees(1, 1).Sees(Watched.Reading(10, 1));

        sensor.SeesLate(Watched.Reading(3, 2.5) with { Message = "Inspect.", CalibrationDate = new(2026, 2, 1) }, Watched.Reading(4, 3.5), Watched.Reading(5, 1));

        sensor.Times.ShouldBe([(Raised, 3), (Worsened, 4), (Cleared, 5)]);
        sensor.Moves.ShouldBe([(Raised, AlertState.Acknowledged), (Worsened, AlertState.Acknowledged), (Cleared, AlertState.Normal)]);
        sensor.Journal.ShouldAllBe(change => change.Transition.IsBackfilled && change.Alert.IsBackfilled);
        var alert = sensor.Journal[^1].Alert;
        (alert.Message, alert.CalibrationAgeDays, alert.PeakLevel, alert.EndedAt).ShouldBe(("Inspect.", 28, 3.5, Watched.At(5)));
        sensor.Watch.Alerts.ShouldBeEmpty();
    }

    [Fact]
    public void What_is_found_to_hold_now_is_raised_at_its_own_time()
    {
        var sensor = new Watched(Sample.Above(2, 1.5)).Sees(1).Sees(Watched.Reading(10, 1.8));

        sensor.SeesLate(Watched.Reading(5, 2.1));

        (sensor.State, sensor.Alert.RaisedAt, sensor.Alert.IsBackfilled).ShouldBe((AlertState.Unacknowledged, Watched.At(5), false));
        sensor.Sees(Watched.Reading(11, 1.5)).State.ShouldBe(AlertState.ReturnedUnacknowledged);
    }

    [Fact]
    public void One_found_to_have_ended_is_cleared_at_that_time()
    {
        var sensor = new Watched(Sample.Above(2, 1.5).Recovering(readings: 2)).Sees(3).Sees(Watched.Reading(10, 1));

        sensor.SeesLate(Watched.Reading(5, 1));

        (sensor.State, sensor.Alert.ClearedAt).ShouldBe((AlertState.ReturnedUnacknowledged, Watched.At(10)));
    }

    [Fact]
    public void One_found_not_to_have_ended_is_raised_again()
    {
        // Regression: it was lost, because the record had it as ended and the evaluation as already known.
        var sensor = new Watched(Sample.Above(2, 1.5).Recovering(readings: 2)).Sees(3).Sees(Watched.Reading(10, 1)).Sees(Watched.Reading(20, 1));
        sensor.State.ShouldBe(AlertState.ReturnedUnacknowledged);

        sensor.SeesLate(Watched.Reading(15, 1.8));

        (sensor.State, sensor.Alert.Raises).ShouldBe((AlertState.Unacknowledged, 2));
        sensor.Sees(Watched.Reading(21, 1)).State.ShouldBe(AlertState.ReturnedUnacknowledged);
    }

    [Fact]
    public void One_that_began_before_the_readings_goes_on()
    {
        var sensor = new Watched(Sample.Above(2, 1.5)).Sees(3, 1.8).Sees(Watched.Reading(10, 1.8));

        sensor.Watch.Reevaluate([Watched.Reading(1, 1.8), Watched.Reading(5, 1.8), Watched.Reading(10, 1.8)], Watched.At(5), Spans.Of(sensor.Journal), sensor.Writer);

        sensor.Triggers.ShouldBe([Raised]);
        sensor.Sees(Watched.Reading(11, 1)).Triggers.ShouldBe([Raised, Cleared]);
    }

    [Fact]
    public void An_alert_of_later_is_not_ended_by_what_was_over_before_it()
    {
        // Regression: the late episode of 2 to 4 cleared the alert of 11 at 4, before it had been raised.
        var sensor = new Watched(Sample.Above(2, hold: 2)).Sees(1).Sees(Watched.Reading(10, 3)).Sees(Watched.Reading(11, 3));

        sensor.SeesLate(Watched.Reading(2, 3), Watched.Reading(3, 3), Watched.Reading(4, 1), Watched.Reading(10.5, 1));

        sensor.State.ShouldBe(AlertState.Unacknowledged);
        sensor.Journal.Where(change => change.Transition.IsBackfilled).Select(change => Watched.Seconds(change.Transition.At)).ShouldBe([3, 4]);
    }

    [Fact]
    public void A_late_reading_that_changes_nothing_does_not_ask_again_for_an_acknowledgement()
    {
        // Regression: the change from Warning to Critical was lost, and the acknowledgement with it.
        var sensor = new Watched(Sample.Multiple()).Sees(2.1, 2.1).Sees(Watched.Reading(10, 3.1));
        sensor.Acknowledges();
        var entries = sensor.Journal.Count;

        sensor.SeesLate(Watched.Reading(0.5, 2.2));

        (sensor.State, sensor.Journal.Count).ShouldBe((AlertState.Acknowledged, entries));
    }

    [Fact]
    public void What_held_when_the_machine_came_to_rest_is_suppressed()
    {
        var sensor = new Watched(Sample.Above(2).Gated()).Sees(1).Sees(Watched.Reading(10, 0.1));

        sensor.SeesLate(Watched.Reading(5, 3));

        sensor.State.ShouldBe(AlertState.SuppressedByDesign);
        sensor.Sees(Watched.Reading(11, 3)).State.ShouldBe(AlertState.Unacknowledged);
    }

    [Fact]
    public void A_silence_is_not_undone_by_what_came_late()
    {
        var sensor = new Watched(Sample.Silent(100)).Sees(1).IsSilentUntil(500).Sees(Watched.Reading(600, 1));

        sensor.SeesLate(Watched.Reading(300, 1));

        sensor.Triggers.ShouldBe([Raised, Cleared]);
        sensor.IsSilentUntil(701).Triggers.ShouldBe([Raised, Cleared, Raised]);
    }

    [Fact]
    public void A_silence_that_lasts_is_not_ended_by_what_came_late()
    {
        var sensor = new Watched(Sample.Silent(100)).Sees(1).Sees(1).IsSilentUntil(500);

        sensor.SeesLate(Watched.Reading(0.5, 1));

        sensor.State.ShouldBe(AlertState.Unacknowledged);
        sensor.Sees(Watched.Reading(600, 1)).State.ShouldBe(AlertState.ReturnedUnacknowledged);
    }
}
