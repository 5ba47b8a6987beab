using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;
using VibeDash.Client.Live;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;

namespace VibeDash.Client.Tests.Live;

public sealed class LiveFleetTests : PageTest
{
    private LiveFleet NewFleet() => new(
        Api, Feed, Time, new PrerenderedState(Services.GetRequiredService<PersistentComponentState>()), NullLogger<LiveFleet>.Instance);

    [Fact]
    public async Task Subscribes_and_watches_before_it_asks_for_the_snapshot()
    {
        Api.GetFleetAsync(Arg.Any<CancellationToken>()).Returns(_ =>
        {
            Feed.Calls.Add("snapshot");
            return Some.Fleet();
        });
        await using var fleet = NewFleet();

        await fleet.StartAsync();

        Feed.Calls.ShouldBe(["subscribe", "watch overview", "snapshot"]);
    }

    [Fact]
    public async Task What_is_heard_while_the_snapshot_is_on_its_way_is_merged_into_it()
    {
        var answer = new TaskCompletionSource<FleetSnapshot>();
        Api.GetFleetAsync(Arg.Any<CancellationToken>()).Returns(answer.Task);
        await using var fleet = NewFleet();
        var started = fleet.StartAsync();

        Feed.Send(Some.Tick(sequence: 5, level: 1), Some.Tick(sequence: 6, level: 7.77));
        Feed.Send(Some.Change(1, Some.Alert(1)), Some.Change(2, Some.Alert(2)));
        answer.SetResult(Some.Fleet([Some.Sensor(sequence: 5, level: 4.1)], [Some.Alert(1)], journal: 1));
        await started;

        fleet.View!.Sensor("VB-1")!.Level.ShouldBe(7.77);
        fleet.View.OpenAlerts.Select(alert => alert.Id).ShouldBe([1, 2], ignoreOrder: true);
        await Api.Received(1).GetFleetAsync(Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task A_gap_in_the_ticks_fetches_anew()
    {
        Api.GetFleetAsync(Arg.Any<CancellationToken>()).Returns(Some.Fleet([Some.Sensor(sequence: 5)]), Some.Fleet([Some.Sensor(sequence: 9, level: 9.9)]));
        await using var fleet = NewFleet();
        await fleet.StartAsync();

        Feed.Send(Some.Tick(sequence: 9, count: 1));

        await Api.Received(2).GetFleetAsync(Arg.Any<CancellationToken>());
        fleet.View!.Sensor("VB-1")!.Level.ShouldBe(9.9);
    }

    [Fact]
    public async Task A_gap_in_the_alert_journal_fetches_anew()
    {
        Api.GetFleetAsync(Arg.Any<CancellationToken>()).Returns(Some.Fleet(journal: 3), Some.Fleet(alerts: [Some.Alert(7)], journal: 5));
        await using var fleet = NewFleet();
        await fleet.StartAsync();

        Feed.Send(Some.Change(5, Some.Alert(7)));

        await Api.Received(2).GetFleetAsync(Arg.Any<CancellationToken>());
        fleet.View!.OpenAlerts.ShouldHaveSingleItem().Id.ShouldBe(7);
    }

    [Fact]
    public async Task A_server_whose_messages_never_fit_is_not_asked_in_a_tight_loop()
    {
        var answer = new TaskCompletionSource<FleetSnapshot>();
        Api.GetFleetAsync(Arg.Any<CancellationToken>()).Returns(_ => answer.Task, _ => Task.FromResult(Some.Fleet()));
        await using var fleet = NewFleet();
        _ = fleet.StartAsync();
        Feed.Send(Some.Tick(sequence: 99));

        answer.SetResult(Some.Fleet());

        await Api.Received(1).GetFleetAsync(Arg.Any<CancellationToken>());
        Time.Advance(TimeSpan.FromSeconds(1));
        await Api.Received(2).GetFleetAsync(Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task A_reconnect_fetches_anew()
    {
        Api.GetFleetAsync(Arg.Any<CancellationToken>()).Returns(Some.Fleet(), Some.Fleet([Some.Sensor("VB-2")]));
        await using var fleet = NewFleet();
        await fleet.StartAsync();

        Feed.Become(LiveConnection.Reconnecting);
        Feed.Become(LiveConnection.Connected);

        fleet.View!.Sensors.ShouldHaveSingleItem().SensorId.ShouldBe("VB-2");
    }

    [Fact]
    public async Task A_server_that_is_away_is_asked_again_after_a_pause()
    {
        Api.GetFleetAsync(Arg.Any<CancellationToken>()).Returns(
            _ => Task.FromException<FleetSnapshot>(new HttpRequestException("Connection refused.")), _ => Task.FromResult(Some.Fleet()));
        await using var fleet = NewFleet();
        var started = fleet.StartAsync();
        fleet.Fault.ShouldBe("Connection refused.");
        fleet.IsLive.ShouldBeFalse();

        Time.Advance(TimeSpan.FromSeconds(13));
        await started;

        fleet.Fault.ShouldBeNull();
        fleet.IsLive.ShouldBeTrue();
    }

    [Fact]
    public async Task Readings_are_drawn_at_most_four_times_a_second_and_none_is_lost()
    {
        Api.GetFleetAsync(Arg.Any<CancellationToken>()).Returns(Some.Fleet());
        await using var fleet = NewFleet();
        await fleet.StartAsync();
        var drawn = new List<double>();
        fleet.Changed += () => drawn.Add(fleet.View!.Sensor("VB-1")!.Level);

        for (var i = 0; i < 100; i++)
        {
            Feed.Send(Some.Tick(sequence: 6 + i, level: i));
            Time.Advance(TimeSpan.FromMilliseconds(10));
        }

        drawn.Count.ShouldBeInRange(3, 5);
        Time.Advance(LiveFleet.Coalescing);
        drawn.Last().ShouldBe(99);
    }

    [Fact]
    public async Task Alerts_are_drawn_at_once_and_the_rest_of_the_page_after_them()
    {
        Api.GetFleetAsync(Arg.Any<CancellationToken>()).Returns(Some.Fleet());
        await using var fleet = NewFleet();
        await fleet.StartAsync();
        var (alerts, changes) = (0, 0);
        fleet.AlertsChanged += () => alerts++;
        fleet.Changed += () => changes++;

        for (var position = 1; position <= 10; position++)
        {
            Feed.Send(Some.Change(position, Some.Alert(position)));
            alerts.ShouldBe(position);
            Time.Advance(LiveFleet.AfterAlerts / 4);
        }

        changes.ShouldBe(2);
    }

    [Fact]
    public async Task Ages_follow_the_clock_of_the_server()
    {
        Api.GetFleetAsync(Arg.Any<CancellationToken>()).Returns(Some.Fleet(at: Some.Time.AddMinutes(-7)));
        await using var fleet = NewFleet();
        await fleet.StartAsync();

        Time.Advance(TimeSpan.FromSeconds(30));

        fleet.Now.ShouldBe(Some.Time.AddMinutes(-7).AddSeconds(30));
    }

    [Fact]
    public async Task The_time_up_to_which_it_was_live_stands_still_when_the_connection_is_lost()
    {
        Api.GetFleetAsync(Arg.Any<CancellationToken>()).Returns(Some.Fleet());
        await using var fleet = NewFleet();
        await fleet.StartAsync();
        Time.Advance(TimeSpan.FromSeconds(20));

        Feed.Become(LiveConnection.Reconnecting);
        Time.Advance(TimeSpan.FromSeconds(60));

        fleet.LiveUntil.ShouldBe(Some.Time.AddSeconds(20));
        fleet.IsLive.ShouldBeFalse();
    }

    [Fact]
    public async Task A_live_connection_that_does_not_come_about_makes_the_picture_look_old()
    {
        Api.GetFleetAsync(Arg.Any<CancellationToken>()).Returns(Some.Fleet());
        Feed.Become(LiveConnection.Connecting);
        await using var fleet = NewFleet();
        await fleet.StartAsync();
        fleet.IsLost.ShouldBeFalse();

        Time.Advance(TimeSpan.FromSeconds(16));

        fleet.IsLost.ShouldBeTrue();
    }

    [Fact]
    public async Task The_browser_takes_over_what_the_server_prerendered_from()
    {
        Api.GetFleetAsync(Arg.Any<CancellationToken>()).Returns(Some.Fleet([Some.Sensor("VB-9")], [Some.Alert(4, "VB-9")], journal: 8));
        await using var server = NewFleet();
        await server.LoadAsync(prerendering: true);
        Persisted.TriggerOnPersisting();
        Api.ClearReceivedCalls();

        await using var browser = NewFleet();
        await browser.LoadAsync(prerendering: false);

        browser.View!.Sensors.ShouldHaveSingleItem().SensorId.ShouldBe("VB-9");
        browser.View.OpenAlerts.ShouldHaveSingleItem().Severity.ShouldBe(Severity.Critical);
        await Api.DidNotReceive().GetFleetAsync(Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Disposing_ends_subscription_and_watch()
    {
        Api.GetFleetAsync(Arg.Any<CancellationToken>()).Returns(Some.Fleet());
        var fleet = NewFleet();
        await fleet.StartAsync();

        await fleet.DisposeAsync();

        Feed.Subscriptions.ShouldBe(0);
        Feed.Watched.ShouldBeEmpty();
    }
}
