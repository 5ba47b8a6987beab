using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MQTTnet;
using MQTTnet.Protocol;
using MQTTnet.Server;
using VibeDash.Simulator.Load;

namespace VibeDash.Core.Tests.Simulator;

public sealed class FleetSimulatorTests
{
    [Fact]
    public async Task Every_acknowledged_event_has_reached_the_broker_and_the_other_way_round()
    {
        var received = new ConcurrentQueue<string>();
        var acknowledged = new List<string>();
        var port = LoopbackPort.Free();
        using var broker = Broker(port, received);
        await broker.StartAsync();
        var options = new SimulatorOptions
        {
            Broker = new("127.0.0.1", port), Sensors = 4, Rate = 2000, Duration = TimeSpan.FromSeconds(0.25), Acknowledged = acknowledged.Add,
        };

        var report = await FleetSimulator.RunAsync(options, TimeProvider.System, TextWriter.Null, TestContext.Current.CancellationToken);

        (report.Published + report.Skipped).ShouldBeInRange(1, 500);
        (report.Acknowledged, report.Unacknowledged, report.Refused, report.Repeated, report.ConnectionFailures).ShouldBe((report.Published, 0, 0, 0, 0));
        received.ShouldBe(acknowledged);
        acknowledged.Count.ShouldBe((int)report.Published);
    }

    [Fact]
    public async Task Over_several_connections_the_events_of_a_sensor_stay_in_order_and_each_is_counted_once()
    {
        var received = new ConcurrentQueue<string>();
        var ofSensors = new ConcurrentDictionary<string, ConcurrentQueue<(string ClientId, string Text)>>();
        var acknowledged = new List<string>();
        var port = LoopbackPort.Free();
        using var broker = Broker(port, received);
        broker.InterceptingPublishAsync += arguments =>
        {
            var text = Encoding.UTF8.GetString(arguments.ApplicationMessage.Payload);
            ofSensors.GetOrAdd(arguments.ApplicationMessage.Topic, _ => new()).Enqueue((arguments.ClientId, text[(text.IndexOf("timestamp", StringComparison.Ordinal) + 12)..]));
            return Task.CompletedTask;
        };
        await broker.StartAsync();
        var options = new SimulatorOptions
        {
            Broker = new("127.0.0.1", port), Sensors = 7, Rate = 4000, Duration = TimeSpan.FromSeconds(0.5), Connections = 3, Acknowledged = acknowledged.Add,
        };

        var report = await FleetSimulator.RunAsync(options, TimeProvider.System, TextWriter.Null, TestContext.Current.CancellationToken);

        (report.Published + report.Skipped).ShouldBeInRange(1, 2000);
        (report.Unacknowledged, report.Refused, report.Repeated, report.ConnectionFailures).ShouldBe((0, 0, 0, 0));
        acknowledged.ShouldBeUnique();
        received.ShouldBe(acknowledged, ignoreOrder: true);
        ofSensors.Count.ShouldBe(7);
        ofSensors.Values.ShouldAllBe(events => events.Select(sent => sent.ClientId).Distinct().Count() == 1);
        foreach (var events in ofSensors.Values)
            events.Select(sent => Timestamp(sent.Text)).ShouldBeInOrder();
        ofSensors.Values.SelectMany(events => events).Select(sent => sent.ClientId).Distinct().Count().ShouldBe(3);

        static DateTimeOffset Timestamp(string text) => DateTimeOffset.Parse(text[..text.IndexOf('"')], System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task A_broker_that_falls_silent_is_left_and_tried_again()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var port = ((IPEndPoint)silent.LocalEndpoint).Port;
        var log = new SignallingLog($"No connection to 127.0.0.1:{port}: The broker did not answer within 5 s");
        var options = new SimulatorOptions { Broker = new("127.0.0.1", port), Grace = TimeSpan.Zero };

        var run = FleetSimulator.RunAsync(options, TimeProvider.System, log, stop.Token);
        await log.Seen;
        await stop.CancelAsync();

        (await run).ConnectionFailures.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_broker_that_comes_later_is_found()
    {
        var received = new ConcurrentQueue<string>();
        var log = new SignallingLog("No connection to");
        var port = LoopbackPort.Free();
        using var broker = Broker(port, received);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var options = new SimulatorOptions { Broker = new("127.0.0.1", port), Sensors = 3, Acknowledged = _ => stop.Cancel() };

        var run = FleetSimulator.RunAsync(options, TimeProvider.System, log, stop.Token);
        await log.Seen;
        await broker.StartAsync();
        var report = await run;

        report.Acknowledged.ShouldBeGreaterThan(0);
        report.ConnectionFailures.ShouldBeGreaterThan(0);
        report.Unacknowledged.ShouldBe(0);
    }

    [Fact]
    public async Task What_was_not_acknowledged_when_the_connection_was_lost_is_sent_again_under_the_same_id()
    {
        var received = new ConcurrentQueue<string>();
        var acknowledged = new ConcurrentQueue<string>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var port = LoopbackPort.Free();
        using var broker = Broker(port, received);
        var cut = 0;
        broker.InterceptingPublishAsync += async arguments =>
        {
            // Once, an event arrives and the connection is lost before its acknowledgement.
            if (received.Count >= 100 && Interlocked.Exchange(ref cut, 1) == 0)
            {
                arguments.ProcessPublish = false;
                await broker.DisconnectClientAsync(arguments.ClientId, MqttDisconnectReasonCode.UnspecifiedError);
            }
        };
        await broker.StartAsync();
        var options = new SimulatorOptions
        {
            Broker = new("127.0.0.1", port),
            Sensors = 4,
            Rate = 2000,
            Acknowledged = id =>
            {
                acknowledged.Enqueue(id);
                if (acknowledged.Count == 400)
                    stop.Cancel();
            },
        };

        var report = await FleetSimulator.RunAsync(options, TimeProvider.System, TextWriter.Null, stop.Token);

        (cut, report.Unacknowledged).ShouldBe((1, 0));
        report.Repeated.ShouldBeGreaterThan(0);
        report.ConnectionFailures.ShouldBeGreaterThan(0);
        acknowledged.ShouldBeUnique();
        acknowledged.Count.ShouldBe((int)report.Published);
        received.Distinct().ShouldBe(acknowledged, ignoreOrder: true);
    }

    [Fact]
    public async Task Without_a_broker_a_run_ends_when_it_is_told_to()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var log = new SignallingLog("No connection to");
        var options = new SimulatorOptions { Broker = new("127.0.0.1", LoopbackPort.Free()), Grace = TimeSpan.Zero };
        var run = FleetSimulator.RunAsync(options, TimeProvider.System, log, stop.Token);

        await log.Seen;
        await stop.CancelAsync();
        var report = await run;

        (report.Published, report.Acknowledged, report.Unacknowledged).ShouldBe((1, 0, 1));
    }

    [Fact]
    public async Task A_broker_that_refuses_an_event_is_counted_and_not_asked_again()
    {
        var received = new ConcurrentQueue<string>();
        var port = LoopbackPort.Free();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var broker = Broker(port, received);
        broker.InterceptingPublishAsync += arguments =>
        {
            arguments.Response.ReasonCode = MqttPubAckReasonCode.NotAuthorized;
            if (received.Count == 10)
                stop.Cancel();
            return Task.CompletedTask;
        };
        await broker.StartAsync();
        var options = new SimulatorOptions { Broker = new("127.0.0.1", port), Sensors = 1, Rate = 100 };

        var report = await FleetSimulator.RunAsync(options, TimeProvider.System, TextWriter.Null, stop.Token);

        report.Published.ShouldBeGreaterThanOrEqualTo(10);
        (report.Acknowledged, report.Refused, report.Unacknowledged).ShouldBe((0, report.Published, report.Published));
        received.Count.ShouldBe((int)report.Published);
    }

    [Fact]
    public void Options_outside_their_range_cannot_be_set()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new SimulatorOptions { Sensors = 0 });
        Should.Throw<ArgumentOutOfRangeException>(() => new SimulatorOptions { Rate = 0 });
        Should.Throw<ArgumentOutOfRangeException>(() => new SimulatorOptions { Rate = double.NaN });
        Should.Throw<ArgumentOutOfRangeException>(() => new SimulatorOptions { Duration = TimeSpan.FromSeconds(-1) });
        Should.Throw<ArgumentOutOfRangeException>(() => new SimulatorOptions { Window = 0 });
        Should.Throw<ArgumentOutOfRangeException>(() => new SimulatorOptions { Connections = 0 });
        Should.Throw<ArgumentOutOfRangeException>(() => new SimulatorOptions { Grace = TimeSpan.FromMinutes(2) });
    }

    private static MqttServer Broker(int port, ConcurrentQueue<string> received) => LocalBroker.Create(port, sent => received.Enqueue(sent.Reading.EventId));
}
