using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Live;
using VibeDash.Core.Tests.Contract;

namespace VibeDash.Core.Tests.Live;

public sealed class FleetViewTests
{
    [Fact]
    public void Sensors_whose_ids_differ_in_case_only_are_found()
    {
        var view = new FleetView(Example.Fleet() with { Sensors = [.. new[] { "VB-1", "vb-1", "VB-10", "VB-2" }.Select(id => Example.Sensor(id))] });

        view.SameButForCase("VB-1").Select(sensor => sensor.SensorId).ShouldBe(["vb-1"]);
        view.SameButForCase("VB-2").ShouldBeEmpty();
    }

    [Fact]
    public void A_removed_sensor_is_gone_with_its_open_alerts()
    {
        var alert = Example.Alert();
        var view = new FleetView(Example.Fleet(5, alert));

        view.Remove(["VB-9", alert.SensorId]);

        view.Sensor(alert.SensorId).ShouldBeNull();
        view.Sensors.Count.ShouldBe(1);
        view.OpenAlerts.ShouldBeEmpty();
    }

    [Fact]
    public void It_starts_with_the_snapshot()
    {
        var view = new FleetView(Example.Fleet(5, Example.Alert()));

        view.Sensors.Select(sensor => sensor.SensorId).ShouldBe(["VB-1", "VB-2"], ignoreOrder: true);
        view.OpenAlerts.ShouldBe([Example.Alert()]);
        view.Status.ShouldBe(Example.Status);
        view.Sensor("VB-3").ShouldBeNull();
        var sensor = view.Sensor("VB-1").ShouldNotBeNull();
        (sensor.Location.Place, sensor.Location.Machine, sensor.Level, sensor.Sequence).ShouldBe(("Motor Assembly Line B", "Conveyor Unit 4", 1, 10));
    }

    [Fact]
    public void Ticks_the_snapshot_covers_are_ignored()
    {
        var view = new FleetView(Example.Fleet());

        view.Apply([Example.Tick(sequence: 9, level: 99), Example.Tick(sequence: 10, level: 99)]).ShouldBeTrue();

        view.Sensor("VB-1")!.Level.ShouldBe(1);
    }

    [Fact]
    public void Ticks_that_follow_are_merged()
    {
        var view = new FleetView(Example.Fleet());
        var tick = Example.Tick(sequence: 13, count: 3, level: 7);

        view.Apply([Example.Tick("VB-2"), tick]).ShouldBeTrue();

        var sensor = view.Sensor("VB-1")!;
        (sensor.Sequence, sensor.Level, sensor.Timestamp, sensor.Baseline).ShouldBe((13, 7, tick.Timestamp, 4));
        sensor.Sparkline.Points[^1].Level.ShouldBe(tick.Max);
        view.Sensor("VB-2")!.Sequence.ShouldBe(11);
    }

    [Fact]
    public void A_gap_in_the_ticks_is_reported_and_the_latest_shown_all_the_same()
    {
        var view = new FleetView(Example.Fleet());

        view.Apply([Example.Tick(sequence: 12, count: 1, level: 7), Example.Tick("VB-2")]).ShouldBeFalse();

        view.Sensor("VB-1")!.Level.ShouldBe(7);
        view.Sensor("VB-2")!.Sequence.ShouldBe(11);
    }

    [Fact]
    public void A_later_snapshot_of_a_sensor_is_merged_into_its_picture_and_an_earlier_one_is_not()
    {
        var fleet = Example.Fleet();
        var view = new FleetView(fleet);
        var (sensor, snapshot) = (view.Sensor("VB-1")!, fleet.Sensors.Single(one => one.SensorId == "VB-1"));
        var version = sensor.Version;

        view.Apply([snapshot with { Sequence = 20, Level = 9, Sparkline = [new(1, 8), new(2, 9)] }]);
        view.Apply([snapshot with { Sequence = 19, Level = 5 }]);

        view.Sensor("VB-1").ShouldBeSameAs(sensor);
        (sensor.Sequence, sensor.Level, sensor.Sparkline.Points.Count).ShouldBe((20, 9, 2));
        sensor.Version.ShouldNotBe(version);
        view.Apply([Example.Tick(sequence: 21, count: 8)]).ShouldBeTrue();
    }

    [Fact]
    public void A_sensor_that_has_moved_gets_another_picture()
    {
        var fleet = Example.Fleet();
        var view = new FleetView(fleet);
        var (sensor, snapshot) = (view.Sensor("VB-1")!, fleet.Sensors.Single(one => one.SensorId == "VB-1"));

        view.Apply([snapshot with { Facts = snapshot.Facts with { Location = "Line C, Fan" } }]);

        view.Sensor("VB-1").ShouldNotBeSameAs(sensor);
        view.Sensor("VB-1")!.Location.Machine.ShouldBe("Fan");
    }

    [Fact]
    public void A_tick_of_an_unknown_sensor_is_a_gap() => new FleetView(Example.Fleet()).Apply([Example.Tick("VB-3")]).ShouldBeFalse();

    [Theory]
    [InlineData(10, true)]
    [InlineData(11, false)]
    public void An_offline_sensor_is_back_with_a_reading_newer_than_the_word(int seconds, bool isOffline)
    {
        var view = new FleetView(Example.Fleet());
        view.Apply([Example.Sensor() with { OfflineSince = Example.Time.AddSeconds(10) }]);
        view.Sensor("VB-1")!.OfflineSince.ShouldBe(Example.Time.AddSeconds(10));

        view.Apply([Example.Tick() with { Timestamp = Example.Time.AddSeconds(seconds) }]);

        (view.Sensor("VB-1")!.OfflineSince is not null).ShouldBe(isOffline);
    }

    [Fact]
    public void New_sensors_and_newer_facts_are_taken_over_and_older_ones_not()
    {
        var view = new FleetView(Example.Fleet());
        var moved = Example.Sensor("VB-1", sequence: 10) with { Facts = Example.Facts with { Location = "Hall 2, Press 1" } };

        view.Apply([Example.Sensor("VB-3"), moved, Example.Sensor("VB-2", sequence: 9, level: 99)]);

        view.Sensors.Count.ShouldBe(3);
        view.Sensor("VB-1")!.Location.Machine.ShouldBe("Press 1");
        view.Sensor("VB-2")!.Level.ShouldBe(1);
    }

    [Fact]
    public void Alert_changes_the_snapshot_covers_are_ignored()
    {
        var view = new FleetView(Example.Fleet(5));

        view.Apply([Example.Change(4), Example.Change(5)]).ShouldBeTrue();

        view.OpenAlerts.ShouldBeEmpty();
    }

    [Fact]
    public void Alert_changes_that_follow_are_merged_in_order()
    {
        var view = new FleetView(Example.Fleet(5));

        view.Apply([Example.Change(5), Example.Change(6, 1), Example.Change(7, 2), Example.Change(8, 1, AlertState.Normal)]).ShouldBeTrue();
        view.OpenAlerts.Select(alert => alert.Id).ShouldBe([2]);

        view.Apply([Example.Change(9, 2, AlertState.Acknowledged)]).ShouldBeTrue();
        view.OpenAlerts.Single().State.ShouldBe(AlertState.Acknowledged);
    }

    [Fact]
    public void A_gap_in_the_alert_changes_is_reported_and_nothing_after_it_merged()
    {
        var view = new FleetView(Example.Fleet(5));

        view.Apply([Example.Change(6, 1), Example.Change(8, 2)]).ShouldBeFalse();

        view.OpenAlerts.Select(alert => alert.Id).ShouldBe([1]);
        view.Apply([Example.Change(7, 3), Example.Change(8, 2)]).ShouldBeTrue();
        view.OpenAlerts.Select(alert => alert.Id).ShouldBe([1, 3, 2], ignoreOrder: true);
    }

    [Fact]
    public void The_most_severe_come_first_then_the_unacknowledged_then_the_newest()
    {
        var view = new FleetView(Example.Fleet(
            5,
            Example.Alert(1, AlertState.Unacknowledged, Severity.Warning),
            Example.Alert(2, AlertState.Acknowledged, Severity.Critical),
            Example.Alert(3, AlertState.Unacknowledged, Severity.Critical),
            Example.Alert(4, AlertState.Unacknowledged, Severity.Advisory),
            Example.Alert(5, AlertState.Unacknowledged, Severity.Critical)));

        view.AlertsByUrgency().Select(alert => alert.Id).ShouldBe([5, 3, 2, 1, 4]);
    }

    [Fact]
    public void The_servers_state_is_the_latest()
    {
        var view = new FleetView(Example.Fleet());
        var lost = Example.Status with { Broker = BrokerState.Disconnected };

        view.Apply(lost);

        view.Status.ShouldBe(lost);
    }

    [Fact]
    public void A_sensor_is_stale_when_it_has_been_silent_for_too_long()
    {
        var sensor = new FleetView(Example.Fleet()).Sensor("VB-1")!;

        sensor.IsStale(Example.Time.AddSeconds(60)).ShouldBeFalse();
        sensor.IsStale(Example.Time.AddSeconds(60.1)).ShouldBeTrue();
    }
}
