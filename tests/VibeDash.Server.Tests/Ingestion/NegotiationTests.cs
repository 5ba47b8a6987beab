using System.Diagnostics;
using VibeDash.Core.Contract;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Ingestion;

/// <summary>Settings negotiated between a broker and the server, and the warnings about them.</summary>
public sealed class NegotiationTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("vibedash-negotiation-").FullName;

    [Fact]
    public async Task What_mosquitto_grants_is_shown()
    {
        await using var broker = new Mosquitto("allow_anonymous true\nmax_keepalive 60\nmax_packet_size 100000", ("Broker:ClientId", "hall-7"), ("Broker:SessionExpiryHours", "2"));
        await broker.StartAsync();
        await using var server = await TestServer.StartAsync(_folder, broker);
        await server.ConnectedToBrokerAsync();

        var connection = await server.ConnectionAsync();
        connection.ShouldSatisfyAllConditions(
            c => (c.Name, c.Address, c.Embedded, c.State, c.Detail, c.Reconnects).ShouldBe(("broker", $"127.0.0.1:{broker.Port}", false, BrokerState.Connected, null, 0)),
            c => (TimeProvider.System.GetUtcNow() - c.Since).ShouldBeInRange(TimeSpan.Zero, TimeSpan.FromMinutes(1)),
            c => c.Clients.ShouldBeNull(),
            c => c.Warnings.ShouldBeEmpty());
        connection.Negotiated.ShouldBe(new NegotiatedConnection("5", "hall-7", SessionPresent: false, KeepAliveSeconds: 10, MaximumQos: 1)
        {
            ReceiveMaximum = 2048,
            BrokerReceiveMaximum = 20,
            MaximumPacketSize = 100_000,
            SessionExpiryAsked = 7200,
            SessionExpiryGranted = 7200,
            RetainAvailable = true,
            SharedSubscriptions = true,
        });
    }

    [Fact]
    public async Task Limits_and_a_lost_session_are_warned_of()
    {
        await using var broker = new Mosquitto("allow_anonymous true\nmax_qos 0", ("Broker:ReceiveMaximum", "20"));
        await broker.StartAsync();
        await using var server = await TestServer.StartAsync(_folder, broker);
        await server.ConnectedToBrokerAsync();
        (await server.ConnectionAsync()).Warnings.ShouldBe(
        [
            "QoS is limited to 0: the broker does not guarantee delivery, and lost messages are not sent again.",
            "Receive maximum 20: at most 20 messages per commit.",
        ]);

        await broker.StopAsync();
        await Eventually.TrueAsync(async () => (await server.ConnectionAsync()) is { State: BrokerState.Disconnected, Negotiated: null, Warnings: [] }, "the broker is gone");
        File.Delete(Path.Combine(broker.Folder, "mosquitto.db"));
        await broker.StartAsync();
        await server.ConnectedToBrokerAsync();

        var connection = await server.ConnectionAsync();
        connection.Reconnects.ShouldBe(1);
        connection.Warnings[0].ShouldBe("The session was not present: the messages queued in the broker are lost.");
    }

    [Fact]
    public async Task A_broker_that_refuses_version_5_is_spoken_to_in_3_1_1_at_once()
    {
        await using var broker = new Mosquitto();
        await broker.StartAsync();
        await using var gate = new VersionGate(broker);
        await using (var server = await TestServer.StartAsync(_folder, gate))
        {
            await server.ConnectedToBrokerAsync();
            var connection = await server.ConnectionAsync();
            (connection.Negotiated!.Protocol, connection.Negotiated.SessionPresent, gate.Refused).ShouldBe(("3.1.1", false, 1));
            connection.Warnings.ShouldHaveSingleItem().ShouldStartWith("The broker refuses MQTT 5, so 3.1.1 is used:");
        }

        await using (var sensor = await TestSensor.ConnectAsync(broker))
            await sensor.PublishAsync(TestSensor.Event(4, Noon));
        await using var again = await TestServer.StartAsync(_folder, gate);
        (await again.WorkedOnAsync(1)).Stored.ShouldBe(1);
        (await again.ConnectionAsync()).Negotiated!.SessionPresent.ShouldBeTrue();
    }

    [Fact]
    public async Task A_broker_that_closes_the_connection_instead_of_answering_may_be_an_older_one()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        await using var broker = new ConfiguredBroker(("Broker:Host", "127.0.0.1"), ("Broker:Port", $"{((System.Net.IPEndPoint)listener.LocalEndpoint).Port}"));
        await using var server = await TestServer.StartAsync(_folder, broker);
        using (var accepted = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken))
            await accepted.GetStream().ReadAtLeastAsync(new byte[512], 1, cancellationToken: TestContext.Current.CancellationToken);

        await Eventually.TrueAsync(async () => (await server.ConnectionAsync()).State == BrokerState.Disconnected, "the server notices");
        (await server.ConnectionAsync()).Detail.ShouldBe("The broker closed the connection without an answer. If it speaks MQTT 3.1.1 only, set Protocol to 3.1.1.");
    }

    [Fact]
    public async Task A_retained_event_is_delivered_once_and_not_at_each_connection()
    {
        await using var broker = new Mosquitto();
        await broker.StartAsync();
        await using var sensor = await TestSensor.ConnectAsync(broker);
        await sensor.PublishRetainedAsync(TestSensor.Event(4, Noon));
        await using (var server = await TestServer.StartAsync(_folder, broker))
            (await server.WorkedOnAsync(1)).Stored.ShouldBe(1);

        await using (var again = await TestServer.StartAsync(_folder, broker))
        {
            await again.ConnectedToBrokerAsync();
            await sensor.PublishAsync(TestSensor.Event(4, Noon.AddSeconds(1)));
            var status = await again.WorkedOnAsync(1);
            (status.Stored, status.Duplicates).ShouldBe((1, 0));
        }

        // A new session receives it again, and it is recognised.
        await using var anew = await TestServer.StartAsync(_folder, broker, ("Broker:ClientId", "anew"));
        var known = await anew.WorkedOnAsync(1);
        (known.Stored, known.Duplicates).ShouldBe((0, 1));
    }

    [Fact]
    public async Task A_filter_that_another_takes_in_is_left_to_it_even_in_a_session_that_had_both()
    {
        await using var broker = new Mosquitto();
        await broker.StartAsync();
        (string, string)[] number = [("Sources:0:TopicFilter", "a/{sensor}/rms"), ("Sources:0:Profile", "Number"), ("Sources:0:Unit", "g")];
        await using (var before = await TestServer.StartAsync(_folder, broker, number))
            await before.ConnectedToBrokerAsync();

        await using var server = await TestServer.StartAsync(_folder, broker, [.. number, ("Sources:1:TopicFilter", "a/#"), ("Sources:1:Profile", "CloudEvents")]);
        await server.ConnectedToBrokerAsync();
        await PublishAsync(broker, "a/VB-1/rms", "1.5");
        await PublishAsync(broker, "a/VB-1", "no event");

        // A broker that delivers a message once per subscription would have caused two readings of the number.
        var status = await server.WorkedOnAsync(2);
        (status.Stored, status.Rejected, (await server.ConnectionAsync()).Messages).ShouldBe((1, 1, 2));
    }

    [Fact]
    public async Task Filters_that_overlap_are_warned_of()
    {
        await using var broker = new Mosquitto();
        await broker.StartAsync();
        await using var server = await TestServer.StartAsync(_folder, broker, ("Sources:0:TopicFilter", "a/+/rms"), ("Sources:1:TopicFilter", "a/hall/+"), ("Sources:2:TopicFilter", "b"));
        await server.ConnectedToBrokerAsync();

        (await server.ConnectionAsync()).Warnings.ShouldHaveSingleItem().ShouldStartWith("The topic filters a/+/rms and a/hall/+ overlap: ");
    }

    [Fact]
    public async Task Members_of_a_group_share_the_messages_and_none_gets_what_another_has()
    {
        await using var broker = new Mosquitto("allow_anonymous true\nmax_queued_messages 0", ("Broker:TopicFilters:0", "$share/plant/sensors/+/vibration"));
        await broker.StartAsync();
        await using var one = await TestServer.StartAsync(Path.Combine(_folder, "1"), broker);
        await using var two = await TestServer.StartAsync(Path.Combine(_folder, "2"), broker, ("Broker:ClientId", "vibedash-2"));
        await one.ConnectedToBrokerAsync();
        await two.ConnectedToBrokerAsync();

        await using var sensor = await TestSensor.ConnectAsync(broker);
        for (var i = 0; i < 100; i++)
            await sensor.PublishAsync(TestSensor.Event(4, Noon.AddSeconds(i)));

        await Eventually.TrueAsync(async () => (await one.FleetAsync()).Status.Stored + (await two.FleetAsync()).Status.Stored >= 100, "all is stored");
        var (first, second) = ((await one.FleetAsync()).Status.Stored, (await two.FleetAsync()).Status.Stored);
        (first + second).ShouldBe(100);
        first.ShouldBeInRange(1, 99);
        ((await one.ConnectionAsync()).Messages + (await two.ConnectionAsync()).Messages).ShouldBe(100);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task PublishAsync(TestBroker broker, string topic, string payload)
    {
        using var publisher = Process.Start(Programs.Find("mosquitto_pub"), ["-h", "127.0.0.1", "-p", $"{broker.Port}", "-q", "1", "-t", topic, "-m", payload]);
        await publisher.WaitForExitAsync(TestContext.Current.CancellationToken);
        publisher.ExitCode.ShouldBe(0);
    }
}
