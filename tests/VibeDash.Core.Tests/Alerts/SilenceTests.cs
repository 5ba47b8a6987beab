using CsCheck;
using VibeDash.Core.Alerts;
using static VibeDash.Core.Alerts.AlertTrigger;

namespace VibeDash.Core.Tests.Alerts;

public sealed class SilenceTests
{
    private const double HalfHour = 1800;

    [Theory]
    [InlineData(100, false)]
    [InlineData(100.1, true)]
    public void A_fixed_time_is_counted_from_the_last_reading(double seconds, bool isSilent)
    {
        var sensor = new Watched(Sample.Silent(100)).Sees(Watched.Reading(5, 1)).IsSilentUntil(5 + seconds);

        (sensor.State == AlertState.Unacknowledged).ShouldBe(isSilent);
    }

    /// <summary>Distances between the first readings of a sensor, and its cadence.</summary>
    public static TheoryData<string, double[], double> FirstDistances => new()
    {
        { "steady", [HalfHour, HalfHour, HalfHour], HalfHour },
        { "switched on, off for a day, and on", [86_400, 20, 20, 20, 20], 20 },
        { "a burst after three", [HalfHour, HalfHour, HalfHour, .. Enumerable.Repeat(20.0, 20)], HalfHour },
        { "a burst, and eight after it", [.. Enumerable.Repeat(20.0, 23), .. Enumerable.Repeat(HalfHour, 8)], HalfHour },
        { "three at one moment, and one after them", [0, 0, 0, HalfHour], HalfHour },
    };

    // Steady readings, then a silence longer than 8 intervals, and at least a minute.
    [Theory]
    [InlineData(20, 160, false)]
    [InlineData(20, 160.1, true)]
    [InlineData(1, 60, false)]
    [InlineData(1, 60.1, true)]
    [InlineData(3600, 28_800, false)]
    [InlineData(3600, 28_801, true)]
    public void By_cadence_it_is_so_many_times_the_usual_distance(double distance, double silence, bool isSilent)
    {
        var sensor = Sends(new Watched(Sample.SilentBy(8)), 6, distance);

        sensor.IsSilentUntil(Watched.Seconds(sensor.Now) + silence);

        (sensor.State == AlertState.Unacknowledged).ShouldBe(isSilent);
    }

    // Without a cadence, which takes three distances, after 25 h, or 8 times the longest distance.
    [Theory]
    [InlineData(1, 10, 90_000)]
    [InlineData(2, 10, 90_000)]
    [InlineData(3, 10, 90_000)]
    [InlineData(4, 10, 80)]
    [InlineData(2, 86_400, 691_200)]
    [InlineData(3, 7200, 90_000)]
    public void A_sensor_with_few_readings_is_silent_after_a_day_and_an_hour(int readings, double distance, double limit)
    {
        IsSilentAfter(Sends(new Watched(Sample.SilentBy(8)), readings, distance), limit);

        IsSilentAfter(Sends(new Watched(Sample.SilentBy(8)), readings, distance).Restarts(), limit);
    }

    [Fact]
    public void A_sensor_that_sends_once_a_day_is_not_silent()
    {
        var sensor = new Watched(Sample.SilentBy(8));
        foreach (var late in new double[] { 0, 10, -5, 600, 60, 3000 })
            sensor.Sees(Watched.Reading((sensor.Readings.Count * 86_400) + late, 1));

        sensor.Journal.ShouldBeEmpty();
    }

    [Fact]
    public void The_severities_of_a_sensor_with_few_readings_have_the_distances_of_the_rule()
    {
        var rule = Sample.Rule(new(ConditionKind.NoData) { IsRelative = true }, new(Severity.Warning, 8, 8, new(1)), new(Severity.Critical, 16, 16, new(1)));

        new Watched(rule).Sees(1).IsSilentUntil(180_001).Times.ShouldBe([(Raised, 90_000), (Worsened, 180_000)]);
    }

    // A limit of three hours and an outage of a minute each hour: at 3:03 h the silence, less the outages, is three hours.
    [Theory]
    [InlineData(20)]
    [InlineData(600)]
    [InlineData(1350)]
    public void Outages_do_not_hide_a_silence(double distance)
    {
        var sensor = Sends(new Watched(Sample.Silent(3 * 3600)), 10, distance);
        var latest = Watched.Seconds(sensor.Now);

        var told = Enumerable.Range(1, 6 * 3600).First(second => IsSilentAt(sensor, latest, second, outage: 60, every: 3600));

        told.ShouldBeInRange(10_981, 10_981 + (int)Math.Max(60, 1.25 * distance));
        (sensor.Alert.Since, sensor.Alert.RaisedAt).ShouldBe((sensor.Now, sensor.Now.AddSeconds(10_800 + 180)));
    }

    [Fact]
    public void Nor_do_outages_so_often_that_a_reading_may_be_lost_in_each()
    {
        var sensor = Sends(new Watched(Sample.SilentBy(8)), 10, HalfHour);
        var latest = Watched.Seconds(sensor.Now);

        // 16 times its interval, and 48 outages of a minute.
        Enumerable.Range(1, 40 * 3600).First(second => IsSilentAt(sensor, latest, second, outage: 60, every: 600)).ShouldBeInRange(31_900, 32_100);
    }

    // Readings every 30 min, a limit of 45 min, and an outage over the next reading: the one after it has its time.
    [Theory]
    [InlineData(3600, 60, 1800, false)]
    [InlineData(4020, 60, 2220, false)]
    [InlineData(4100, 60, 2260, true)]
    public void After_an_outage_a_sensor_has_time_for_its_next_reading(double silence, double missed, double since, bool isSilent)
    {
        var sensor = Sends(new Watched(Sample.Silent(2700)), 10, HalfHour);

        sensor.IsSilentUntil(Watched.Seconds(sensor.Now) + silence, missed, since);

        (sensor.State == AlertState.Unacknowledged).ShouldBe(isSilent);
    }

    [Fact]
    public void After_an_outage_at_least_a_minute()
    {
        var sensor = Sends(new Watched(Sample.SilentBy(8)), 6, distance: 10);
        var latest = Watched.Seconds(sensor.Now);

        sensor.IsSilentUntil(latest + 1100, missed: 1000, since: 60).State.ShouldBe(AlertState.Normal);
        sensor.IsSilentUntil(latest + 1101, missed: 1000, since: 61).State.ShouldBe(AlertState.Unacknowledged);
    }

    [Fact]
    public void Neither_a_gap_nor_a_burst_moves_the_cadence()
    {
        var sensor = Sends(new Watched(Sample.SilentBy(8)), 10, distance: 20);
        sensor.Sees(Watched.Reading(10_000, 1), gapIsCertain: false);
        for (var i = 1; i < 5; i++)
            sensor.Sees(Watched.Reading(10_000 + (i / 100.0), 1));

        sensor.IsSilentUntil(10_000.04 + 160).State.ShouldBe(AlertState.Normal);
        sensor.IsSilentUntil(10_000.04 + 160.1).State.ShouldBe(AlertState.Unacknowledged);
    }

    // A reading every half hour, a burst of one every 10 s, and every half hour again.
    [Theory]
    [InlineData(23)]
    [InlineData(31)]
    [InlineData(200)]
    public void A_burst_does_not_turn_the_usual_distance_after_it_into_silences(int burst)
    {
        // Regression: with 24 readings of a burst among the latest 31, the next eight half hours were silences.
        var sensor = Sends(new Watched(Sample.SilentBy(8)), 40, HalfHour);

        Continues(sensor, burst, 10);
        Continues(sensor, 40, HalfHour);

        sensor.Journal.ShouldBeEmpty();
        IsSilentAfter(sensor, 8 * HalfHour);
    }

    [Fact]
    public void Nor_does_a_burst_every_day()
    {
        var sensor = new Watched(Sample.SilentBy(8));
        for (var day = 0; day < 60; day++)
        {
            Continues(sensor, 40, HalfHour);
            Continues(sensor, 25, 10);
        }

        sensor.Journal.ShouldBeEmpty();
        IsSilentAfter(sensor, 8 * HalfHour);
    }

    [Theory]
    [InlineData(23)]
    [InlineData(50)]
    public void Nor_after_a_restart_from_the_latest_readings(int burst)
    {
        var sensor = Sends(new Watched(Sample.SilentBy(8)), 100, HalfHour);
        Continues(sensor, burst, 10);

        sensor.Readings.RemoveRange(0, sensor.Readings.Count - new RuleBook(AlertRule.Defaults).LookBackReadings);
        sensor.Restarts();
        Continues(sensor, 40, HalfHour);

        sensor.Journal.ShouldBeEmpty();
        IsSilentAfter(sensor, 8 * HalfHour);
    }

    [Theory]
    [InlineData(359, HalfHour)]
    [InlineData(360, 60)]
    public void A_sensor_that_sends_each_minute_instead_of_each_half_hour_has_that_cadence_after_six_hours(int minutes, double cadence)
    {
        var sensor = Sends(new Watched(Sample.SilentBy(8)), 40, HalfHour);

        Continues(sensor, minutes, 60);

        IsSilentAfter(sensor, 8 * cadence);
    }

    [Theory]
    [InlineData(239, 60)]
    [InlineData(240, 10)]
    public void At_a_short_distance_it_takes_four_hours(int minutes, double cadence)
    {
        var sensor = Sends(new Watched(Sample.SilentBy(8)), 40, 60);

        Continues(sensor, 6 * minutes, 10);

        IsSilentAfter(sensor, 8 * cadence);
    }

    [Fact]
    public void A_sensor_that_sends_each_half_hour_instead_of_each_minute_has_that_cadence_after_eight_readings()
    {
        var sensor = Sends(new Watched(Sample.SilentBy(8)), 40, 60);

        Continues(sensor, 30, HalfHour);

        sensor.Triggers.Count(trigger => trigger == Raised).ShouldBe(8);
        sensor.Acknowledges();
        IsSilentAfter(sensor, 8 * HalfHour);
    }

    [Theory]
    [MemberData(nameof(FirstDistances))]
    public void The_first_readings_of_a_sensor(string why, double[] distances, double cadence)
    {
        var sensor = new Watched(Sample.SilentBy(8)).Sees(1);
        foreach (var distance in distances)
            sensor.Sees(Watched.Reading(Watched.Seconds(sensor.Now) + distance, 1), gapIsCertain: false);

        sensor.Journal.ShouldBeEmpty(why);
        IsSilentAfter(sensor, 8 * cadence);
    }

    [Fact]
    public void A_sensor_that_never_sent_is_not_silent() => new Watched(Sample.Silent(10)).IsSilentUntil(100_000).Journal.ShouldBeEmpty();

    [Fact]
    public void It_is_raised_at_the_moment_it_was_too_long_and_ends_with_the_next_reading()
    {
        var sensor = new Watched(Sample.Silent(100)).Sees(1).IsSilentUntil(5000);

        var alert = sensor.Alert;
        (alert.Since, alert.RaisedAt, alert.Level, alert.Threshold, alert.Unit).ShouldBe((Watched.At(0), Watched.At(100), 100, 100, "s"));

        sensor.Sees(Watched.Reading(5001, 1));
        (sensor.State, sensor.Alert.ClearedAt).ShouldBe((AlertState.ReturnedUnacknowledged, Watched.At(5001)));
    }

    [Fact]
    public void A_long_silence_is_one_alert_that_worsens()
    {
        var rule = Sample.Rule(new(ConditionKind.NoData), new(Severity.Warning, 100, 100, new(1)), new(Severity.Critical, 300, 300, new(1)));
        var sensor = new Watched(rule).Sees(1).IsSilentUntil(200).IsSilentUntil(250).IsSilentUntil(400).IsSilentUntil(500).Sees(Watched.Reading(501, 1));

        sensor.Times.ShouldBe([(Raised, 100), (Worsened, 300), (Cleared, 501)]);
    }

    [Fact]
    public void A_gap_that_may_be_the_servers_own_is_no_silence() =>
        new Watched(Sample.Silent(100)).Sees(1).Sees(Watched.Reading(5000, 1), gapIsCertain: false).Journal.ShouldBeEmpty();

    [Fact]
    public void The_clock_and_the_gap_give_the_same_journal_with_one_alert_for_each_silence() =>
        Gen.Select(Gen.Bool, Gen.OneOf(Gen.Double[1, 40], Gen.Double[500, 9000]).Array[4, 30]).Sample((relative, distances) =>
        {
            AlertRule rule = relative ? Sample.SilentBy(8) : Sample.Silent(300);
            var (byClock, byGap, seldom) = (new Watched(rule), new Watched(rule), new Watched(rule));
            var (time, silences) = (0.0, 0);
            foreach (var distance in distances)
            {
                for (var clock = time; clock < time + distance; clock += 97)
                    byClock.IsSilentUntil(clock);
                if (distance > 4000)
                    seldom.IsSilentUntil(time + 3900);
                time += distance;
                silences += distance > 300 && byClock.Readings.Count > 0 ? 1 : 0;

                // With a message and a calibration date, which belong to the reading and not to the silence before it.
                var reading = Watched.Reading(time, 1) with { Message = "Inspect.", CalibrationDate = new(2026, 1, 1) };
                foreach (var sensor in new[] { byClock, byGap, seldom })
                    sensor.Sees(reading);
            }

            byGap.Journal.Select(change => change.Transition).ShouldBe(byClock.Journal.Select(change => change.Transition));
            seldom.Journal.Select(change => change.Transition).ShouldBe(byClock.Journal.Select(change => change.Transition));
            if (!relative)
                byClock.Triggers.Count(trigger => trigger == Raised).ShouldBe(silences);
        });

    [Fact]
    public void A_machine_that_stands_still_may_be_silent()
    {
        var sensor = new Watched(Sample.Silent(100).Gated()).Sees(1, 0.1).IsSilentUntil(5000).Sees(Watched.Reading(5001, 1));

        sensor.Journal.ShouldBeEmpty();
    }

    [Fact]
    public void A_reading_ends_a_silence_although_the_machine_stands_still()
    {
        // Regression: the gate closed over the silence and hid it: after the suppression it was treated as acknowledged.
        var sensor = new Watched(Sample.Silent(100).Gated()).Sees(1).IsSilentUntil(5000).Sees(Watched.Reading(5001, 0.1));

        sensor.Triggers.ShouldBe([Raised, Cleared]);
        sensor.Sees(Watched.Reading(5002, 1)).State.ShouldBe(AlertState.ReturnedUnacknowledged);
    }

    // An outage at the beginning of each period.
    private static bool IsSilentAt(Watched sensor, double latest, int second, int outage, int every)
    {
        if (second % every < outage && second >= every)
            return false;
        var outages = second / every;
        sensor.IsSilentUntil(latest + second, outages * outage, outages == 0 ? second : (second % every) - outage);
        return !sensor.Watch.Alerts.IsEmpty;
    }

    private static void Continues(Watched sensor, int readings, double distance)
    {
        for (var i = 0; i < readings; i++)
            sensor.Sees(Watched.Reading(Watched.Seconds(sensor.Now) + distance, 1));
    }

    private static void IsSilentAfter(Watched sensor, double seconds)
    {
        var now = Watched.Seconds(sensor.Now);
        sensor.IsSilentUntil(now + seconds).Watch.Alerts.ShouldAllBe(alert => !alert.Facts.IsActive);
        sensor.IsSilentUntil(now + seconds + 0.1).State.ShouldBe(AlertState.Unacknowledged);
    }

    private static Watched Sends(Watched sensor, int readings, double distance)
    {
        for (var i = 0; i < readings; i++)
            sensor.Sees(Watched.Reading(i * distance, 1));
        return sensor;
    }
}
