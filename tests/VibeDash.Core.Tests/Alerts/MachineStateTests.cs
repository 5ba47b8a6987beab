using CsCheck;
using VibeDash.Core.Alerts;
using static VibeDash.Core.Alerts.AlertState;

namespace VibeDash.Core.Tests.Alerts;

/// <summary>Rules that are evaluated only while the machine is reported to run.</summary>
public sealed class MachineStateTests
{
    [Fact]
    public void While_nobody_has_said_anything_it_is_evaluated() => new Machined(Sample.Above(2)).Sees(0, 9).State.ShouldBe(Unacknowledged);

    [Fact]
    public void A_stop_suppresses_at_once_and_a_start_waits_for_a_reading()
    {
        var sensor = new Machined(Sample.Above(2)).Sees(0, 9).Says(5, runs: false);
        (sensor.State, sensor.Watched.Journal[^1].Transition.At).ShouldBe((SuppressedByDesign, Watched.At(5)));

        sensor.Says(10, runs: true).State.ShouldBe(SuppressedByDesign);
        sensor.Sees(11, 9).State.ShouldBe(Unacknowledged);
    }

    [Fact]
    public void A_start_and_a_good_reading_end_it()
    {
        var sensor = new Machined(Sample.Above(2)).Sees(0, 9).Says(5, runs: false).Says(10, runs: true).Sees(11, 1);

        sensor.State.ShouldBe(Normal);
        sensor.Watched.Triggers.ShouldBe([AlertTrigger.Raised, AlertTrigger.Suppressed, AlertTrigger.Cleared, AlertTrigger.Unsuppressed]);
    }

    [Fact]
    public void While_it_stands_still_nothing_is_raised() =>
        new Machined(Sample.Above(2)).Says(0, runs: false).Sees(1, 9).Sees(2, 9).Watched.Journal.ShouldBeEmpty();

    [Fact]
    public void Rules_without_that_gate_do_not_care()
    {
        var sensor = new Machined([Sample.Multiple(), Sample.Above(2).GatedByState()]).Says(0, runs: false).Sees(1, 9);

        sensor.Watched.Alert.Kind.ShouldBe(ConditionKind.BaselineMultiple);
    }

    [Fact]
    public void A_machine_that_stands_still_may_be_silent_and_its_silence_counts_from_its_start()
    {
        var sensor = new Machined(Sample.Silent(100)).Sees(0, 1).Says(50, runs: false);
        sensor.Watched.IsSilentUntil(5000).Journal.ShouldBeEmpty();

        sensor.Says(6000, runs: true);
        sensor.Watched.IsSilentUntil(6100).Journal.ShouldBeEmpty();
        var alert = sensor.Watched.IsSilentUntil(6100.1).Alert;
        (alert.Since, alert.RaisedAt, alert.Level).ShouldBe((Watched.At(6000), Watched.At(6100), 100));
    }

    [Fact]
    public void A_silence_is_suppressed_when_the_machine_stops_and_comes_back_when_it_starts()
    {
        var sensor = new Machined(Sample.Silent(100)).Sees(0, 1);
        sensor.Watched.IsSilentUntil(200);

        sensor.Says(300, runs: false).State.ShouldBe(SuppressedByDesign);
        sensor.Says(400, runs: true).State.ShouldBe(Unacknowledged);
        sensor.Sees(401, 1).State.ShouldBe(ReturnedUnacknowledged);
    }

    [Fact]
    public void Hold_durations_do_not_count_across_a_standstill_also_when_no_reading_told_of_it() =>
        new Machined(Sample.Above(2, hold: 2)).Sees(0, 9).Says(1, runs: false).Says(2, runs: true).Sees(3, 9).Watched.Journal.ShouldBeEmpty();

    [Fact]
    public void A_standstill_is_not_the_cadence()
    {
        var sensor = new Machined(Sample.SilentBy(8));
        for (var day = 0; day < 30; day++)
        {
            for (var i = 0; i < 4; i++)
                sensor.Sees((day * 86_400) + (10 * i), 1);
            sensor.Says((day * 86_400) + 31, runs: false).Says(((day + 1) * 86_400) - 1, runs: true);
        }

        sensor.Watched.Journal.ShouldBeEmpty();
        sensor.Sees(30 * 86_400, 1).Watched.IsSilentUntil((30 * 86_400) + 81).State.ShouldBe(Unacknowledged);
    }

    [Fact]
    public void A_late_word_of_a_stop_suppresses_what_was_raised_since_and_late_word_of_a_start_raises_what_it_had_kept()
    {
        var stopped = new Machined(Sample.Above(2)).Sees(0, 1).Sees(10, 9).SaysLate(5, runs: false);
        stopped.State.ShouldBe(SuppressedByDesign);

        var started = new Machined(Sample.Above(2)).Says(0, runs: false).Sees(10, 9).Sees(20, 9).SaysLate(15, runs: true);
        (started.State, started.Watched.Alert.RaisedAt).ShouldBe((Unacknowledged, Watched.At(20)));
    }

    // The on-delay is 3 readings; of equal levels the fourth is one too many.
    [Theory]
    [InlineData(ConditionKind.LevelAbove, 1, 2.5, 4)]
    [InlineData(ConditionKind.LevelBelow, 3, 1, 4)]
    [InlineData(ConditionKind.Stuck, 1, 2.5, 5)]
    public void Readings_older_than_a_stop_count_alike_before_and_after_its_report(ConditionKind kind, double first, double level, double raisedAt)
    {
        // Regression: after the report each reading began the on-delay anew, so nothing was raised.
        var rule = kind switch
        {
            ConditionKind.LevelAbove => Sample.Above(2, hold: 3),
            ConditionKind.LevelBelow => Sample.Warning(new(kind) { Unit = "m/s²" }, 2, hold: 3),
            _ => Sample.Stuck(3),
        };
        var (before, after) = (new Machined(rule).Says(0, runs: true).Sees(1, first), new Machined(rule).Says(0, runs: true).Sees(1, first));

        after.Says(50, runs: false);
        for (var i = 2; i < 50; i++)
        {
            before.Sees(i, level);
            after.Sees(i, level);
        }

        before.Says(50, runs: false);
        after.Watched.Times.ShouldBe([(AlertTrigger.Raised, raisedAt), (AlertTrigger.Suppressed, 50)]);
        before.Watched.Times.ShouldBe(after.Watched.Times);
    }

    [Fact]
    public void What_ended_before_the_stop_is_left_to_acknowledge_although_its_readings_come_after_the_report()
    {
        var sensor = new Machined(Sample.Above(2)).Sees(0, 9).Says(10, runs: false).Sees(5, 1);

        sensor.State.ShouldBe(ReturnedUnacknowledged);
        sensor.Watched.Times.ShouldBe([(AlertTrigger.Raised, 0), (AlertTrigger.Suppressed, 10), (AlertTrigger.Unsuppressed, 5), (AlertTrigger.Cleared, 5)]);
    }

    [Fact]
    public void Of_several_standstills_reported_ahead_of_the_readings_each_suppresses_at_its_own_time()
    {
        var sensor = new Machined(Sample.Above(2)).Says(5, runs: false).Says(7, runs: true).Says(9, runs: false).Sees(3, 9).Sees(8, 9).Sees(10, 9);

        sensor.Watched.Times.ShouldBe([(AlertTrigger.Raised, 3), (AlertTrigger.Suppressed, 5), (AlertTrigger.Unsuppressed, 8), (AlertTrigger.Suppressed, 9)]);
    }

    [Fact]
    public void A_silence_before_a_stop_is_found_although_the_stop_was_reported_first() =>
        new Machined(Sample.Silent(100)).Sees(0, 1).Says(900, runs: false).Sees(500, 1).Watched.Times.ShouldBe([(AlertTrigger.Raised, 100), (AlertTrigger.Cleared, 500)]);

    [Fact]
    public void A_late_reading_is_evaluated_by_the_state_of_its_own_time()
    {
        var sensor = new Machined(Sample.Above(2)).Says(0, runs: false).Says(100, runs: true).Sees(200, 1);

        sensor.SeesLate(50, 9).Watched.Journal.ShouldBeEmpty();
        sensor.SeesLate(150, 9).Watched.Journal.ShouldAllBe(change => change.Transition.IsBackfilled);
        sensor.Watched.Journal.Select(change => change.Transition.At).ShouldBe([Watched.At(150), Watched.At(200)]);
    }

    [Fact]
    public void A_restart_anywhere_gives_the_same_journal() =>
        Gen.Select(Gen.Frequency((6, Gen.Const(0)), (2, Gen.Const(1)), (2, Gen.Const(2)), (2, Gen.Const(3))), Gen.Double[0, 4]).Array[1, 40]
            .Select(Gen.Int[0, 39]).Sample((steps, restart) =>
        {
            AlertRule[] rules = [Sample.Above(2, 1.5, hold: 2).GatedByState(), Sample.SilentBy(8).GatedByState(), Sample.Multiple()];
            var (whole, restarted) = (new Machined(rules), new Machined(rules));
            for (var i = 0; i < steps.Length; i++)
            {
                if (i == restart)
                    restarted.Restarts();
                foreach (var sensor in new[] { whole, restarted })
                {
                    _ = steps[i].Item1 switch
                    {
                        0 => sensor.Sees(40 * i, steps[i].Item2),
                        1 => sensor.Says(40 * i, runs: false),
                        2 => sensor.Says(40 * i, runs: true),
                        _ => sensor.IsSilentUntil(40 * i),
                    };
                }
            }

            restarted.Watched.Journal.Select(change => change.Transition).ShouldBe(whole.Watched.Journal.Select(change => change.Transition));
        });
}
