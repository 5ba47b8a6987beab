using VibeDash.Core.Alerts;
using VibeDash.Core.Readings;
using VibeDash.Demo.Events;

namespace VibeDash.Core.Tests.Demo;

public sealed class SimulatedFleetTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_same_seed_and_start_give_the_same_bytes()
    {
        Payloads(seed: 7, Start).ShouldBe(Payloads(seed: 7, Start));
        Payloads(seed: 7, Start).ShouldNotBe(Payloads(seed: 8, Start));

        static string[] Payloads(int seed, DateTimeOffset start) =>
            [.. new SimulatedFleet(30, seed).History(start, start.AddMinutes(2), TimeSpan.FromSeconds(1)).Select(sent => System.Text.Encoding.UTF8.GetString(EventPayload.Write(sent)))];
    }

    [Fact]
    public void Another_start_gives_other_event_ids()
    {
        var ids = new[] { Start, Start.AddSeconds(1) }
            .SelectMany(start => new SimulatedFleet().History(start, start.AddMinutes(5), TimeSpan.FromSeconds(1)))
            .Select(sent => sent.Reading.EventId);

        ids.ShouldBeUnique();
    }

    [Fact]
    public void An_event_does_not_depend_on_those_before_it()
    {
        var schedule = new SimulatedFleet().Schedule(Start, rate: 12);
        var inOrder = Enumerable.Range(0, 500).Select(slot => schedule.EventAt(slot)).ToArray();

        schedule.EventAt(499).ShouldBe(inOrder[499]);
        new SimulatedFleet().Schedule(Start, rate: 12).EventAt(250).ShouldBe(inOrder[250]);
    }

    [Fact]
    public void Every_payload_is_an_event_the_parser_accepts_unchanged()
    {
        foreach (var sent in new SimulatedFleet(300).History(Start, Start.AddMinutes(6), TimeSpan.FromSeconds(7)))
        {
            VibrationEventParser.TryParse(EventPayload.Write(sent), Start.AddMinutes(6), out var parsed, out var rejection).ShouldBeTrue(rejection?.Detail);
            parsed.ShouldBe(sent);
            SensorId.IsValid(sent.Reading.SensorId).ShouldBeTrue();
            (parsed!.SystemMessage is not null).ShouldBe(sent.Reading.Level > 2 * sent.Reading.Baseline);
            Guid.TryParse(sent.Reading.EventId, out _).ShouldBeFalse();
        }
    }

    [Fact]
    public void The_quick_way_to_write_a_payload_gives_the_same_bytes()
    {
        var schedule = new SimulatedFleet(300).Schedule(Start, rate: 20.3);
        var buffer = new byte[2000];
        var (exceeding, silent) = (0, 0);

        for (var slot = 0L; slot < 12_000; slot++)
        {
            if (schedule.MeasurementAt(slot) is not { } measurement)
            {
                schedule.EventAt(slot).ShouldBeNull();
                silent++;
                continue;
            }

            exceeding += measurement.Exceeds ? 1 : 0;
            buffer.AsSpan(0, schedule.WritePayload(measurement, buffer)).SequenceEqual(EventPayload.Write(schedule.EventAt(slot)!.Value)).ShouldBeTrue($"slot {slot}");
        }

        exceeding.ShouldBeGreaterThan(0);
        silent.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void The_demo_shows_a_warning_within_a_minute_and_a_critical_within_two()
    {
        var journal = Evaluate(new SimulatedFleet(), TimeSpan.FromMinutes(10));

        First(Severity.Warning).ShouldBeInRange(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(60));
        First(Severity.Critical).ShouldBeInRange(First(Severity.Warning) + TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(120));
        journal.ShouldContain(change => change.Transition.Trigger == AlertTrigger.Cleared && change.Alert.Severity == Severity.Critical);

        TimeSpan First(Severity severity) =>
            journal.First(change => change.Alert.Severity == severity && change.Transition.To == AlertState.Unacknowledged).Transition.At - Start;
    }

    [Fact]
    public void The_demo_never_stays_without_something_to_show()
    {
        var journal = Evaluate(new SimulatedFleet(), TimeSpan.FromHours(1));

        var criticals = journal.Where(change => change is { Alert.Severity: Severity.Critical, Transition.Trigger: AlertTrigger.Raised or AlertTrigger.Worsened }).Select(change => change.Transition.At);
        criticals.Prepend(Start).Zip(criticals, (a, b) => b - a).ShouldAllBe(pause => pause < TimeSpan.FromMinutes(5));
    }

    [Fact]
    public void One_of_the_demos_sensors_goes_silent_for_longer_than_it_takes_to_be_stale()
    {
        var pauses = new SimulatedFleet().History(Start, Start.AddMinutes(5), TimeSpan.FromSeconds(1))
            .GroupBy(sent => sent.Reading.SensorId)
            .Select(sensor => sensor.Zip(sensor.Skip(1), (a, b) => b.Reading.Timestamp - a.Reading.Timestamp).Max())
            .ToArray();

        pauses.Count(pause => pause > TimeSpan.FromSeconds(60)).ShouldBe(1);
        pauses.Count(pause => pause < TimeSpan.FromSeconds(1.1)).ShouldBe(SimulatedFleet.DemoSize - 1);
    }

    [Fact]
    public void The_demo_has_two_sensors_on_each_of_six_machines_in_three_places()
    {
        var locations = new SimulatedFleet().Sensors.Select(sensor => Location.Parse(sensor.Facts.Location)).ToArray();

        locations.GroupBy(location => location).Select(machine => machine.Count()).ShouldBe([2, 2, 2, 2, 2, 2]);
        locations.Select(location => location.Place).Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public void A_large_fleet_is_mostly_healthy_and_its_ids_are_unique()
    {
        var fleet = new SimulatedFleet(2000);

        fleet.Sensors.Count.ShouldBe(2000);
        fleet.Sensors.Select(sensor => sensor.SensorId).ShouldBeUnique();
        var alerting = Evaluate(fleet, TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(10)).Select(change => change.Alert.SensorId).Distinct().Count();
        alerting.ShouldBeInRange(10, 200);
    }

    [Fact]
    public void A_history_covers_its_stretch_in_order_at_its_interval()
    {
        var fleet = new SimulatedFleet(2);

        var history = fleet.History(Start, Start.AddSeconds(10), TimeSpan.FromSeconds(2)).Select(sent => (sent.Reading.SensorId, sent.Reading.Timestamp)).ToArray();

        history.ShouldBe(Enumerable.Range(0, 10).Select(i => (fleet.Sensors[i % 2].SensorId, Start.AddSeconds(i))));
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(3)]
    [InlineData(7.7)]
    [InlineData(50_000)]
    [InlineData(1_000_000)]
    public void What_is_due_is_what_lies_in_the_past(double rate)
    {
        var schedule = new SimulatedFleet().Schedule(Start, rate);

        schedule.DueAt(Start.AddTicks(-1)).ShouldBe(0);
        schedule.DueAt(Start).ShouldBe(1);
        foreach (var seconds in new[] { 0.0001, 1, 59.99, 86_400 })
        {
            var now = Start.AddSeconds(seconds);
            var due = schedule.DueAt(now);
            schedule.TimeOf(due - 1).ShouldBeLessThanOrEqualTo(now);
            schedule.TimeOf(due).ShouldBeGreaterThan(now);
        }
    }

    [Fact]
    public void A_fleet_or_a_rate_that_makes_no_sense_is_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new SimulatedFleet(0)).ParamName.ShouldBe("size");
        Should.Throw<ArgumentOutOfRangeException>(() => new SimulatedFleet(SimulatedFleet.MaximumSize + 1)).ParamName.ShouldBe("size");
        foreach (var rate in new[] { 0, -1, double.NaN, double.PositiveInfinity })
            Should.Throw<ArgumentOutOfRangeException>(() => new SimulatedFleet().Schedule(Start, rate)).ParamName.ShouldBe("rate");
    }

    private static List<AlertChange> Evaluate(SimulatedFleet fleet, TimeSpan length, TimeSpan? interval = null)
    {
        var journal = new List<AlertChange>();
        var writer = new JournalWriter(new(0, 0), journal);
        var book = new RuleBook(AlertRule.Defaults);
        var watches = fleet.Sensors.ToDictionary(
            sensor => sensor.SensorId, sensor => new SensorWatch(sensor.SensorId, book.For(sensor.SensorId, sensor.Facts, [], SimulatedSensor.Unit), []));
        foreach (var (reading, _, message) in fleet.History(Start, Start + length, interval ?? TimeSpan.FromSeconds(1)))
            watches[reading.SensorId].Evaluate(new(reading, reading.Baseline, Message: message), gapIsCertain: true, writer);
        return journal;
    }
}
