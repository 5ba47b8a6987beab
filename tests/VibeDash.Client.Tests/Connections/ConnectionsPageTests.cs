using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using NSubstitute;
using VibeDash.Client.Connections;
using VibeDash.Client.Shell;
using VibeDash.Core.Contract;

namespace VibeDash.Client.Tests.Connections;

public sealed class ConnectionsPageTests : PageTest
{
    private static readonly ConnectionStatus North = new("north", "broker.plant.example:8883", Embedded: false, BrokerState.Connected, null, Some.Time.AddMinutes(-5), 12_345, 2)
    {
        Negotiated = new("5", "hall-7", SessionPresent: true, KeepAliveSeconds: 10, MaximumQos: 1)
        {
            Tls = "TLS 1.3",
            ReceiveMaximum = 2048,
            MaximumPacketSize = 100_000,
            SessionExpiryAsked = 604_800,
            SessionExpiryGranted = 604_800,
            RetainAvailable = true,
            SharedSubscriptions = false,
        },
        Warnings = ["The session was not present: the messages queued in the broker are lost."],
    };

    private static readonly ConnectionStatus South = new("south", "10.0.0.7:1883", Embedded: false, BrokerState.Disconnected, "Connection refused.", Some.Time, 0, 0);
    private static readonly ConnectionStatus Own = new("own", "127.0.0.1:1883", Embedded: true, BrokerState.Connected, null, Some.Time, 7, 0) { Clients = 3 };
    private static readonly SourceStatus Seed = new("sensors/+/vibration", "VibrationRecorded", 12, 0);
    private static readonly SourceStatus Number = new("plant/{machine}/{sensor}", "Number", 5, 2) { Broker = "north", Settings = "level in mm/s; baseline 2.8" };

    [Fact]
    public void A_connection_tells_in_plain_words_what_was_negotiated_and_what_to_know_of_it()
    {
        var card = OpenWith([North], [Seed]).Find(".broker");

        card.QuerySelector("h3")!.TextContent.ShouldBe("north");
        card.QuerySelector(".broker-state")!.TextContent.ShouldBe("Connected");
        card.QuerySelector(".broker-header .muted")!.TextContent.ShouldBe("for 5 min");
        card.QuerySelectorAll(".broker-warnings li").Select(warning => warning.TextContent).ShouldBe(North.Warnings);
        Facts(card).ShouldBe(
        [
            ("Address", "broker.plant.example:8883"),
            ("Protocol", "MQTT 5, TLS 1.3"),
            ("Client id", "hall-7"),
            ("Session", "resumed; kept for 7 d while the server is away"),
            ("In flight", "at most 2,048 messages, then the broker waits for their commit"),
            ("Delivery", "QoS 1: sent again until stored"),
            ("Keep-alive", "a ping every 10 s"),
            ("Broker supports", "retained messages; no shared subscriptions"),
            ("Broker accepts", "packets of at most 100,000 bytes"),
            ("Messages", "12,345 received since the server started"),
            ("Reconnects", "2"),
        ]);
    }

    [Fact]
    public void What_mqtt_3_1_1_does_not_say_is_left_to_the_broker()
    {
        var older = North with { Negotiated = new("3.1.1", "hall-7", SessionPresent: false, KeepAliveSeconds: 10, MaximumQos: 0), Warnings = [] };
        var card = OpenWith([older], [Seed]).Find(".broker");

        card.QuerySelectorAll(".broker-warnings").ShouldBeEmpty();
        Facts(card).Skip(1).SkipLast(2).ShouldBe(
        [
            ("Protocol", "MQTT 3.1.1, not encrypted"),
            ("Client id", "hall-7"),
            ("Session", "new; kept as long as the broker decides"),
            ("In flight", "as many messages as the broker allows, then it waits for their commit"),
            ("Delivery", "QoS 0: at most once, lost messages are not sent again"),
            ("Keep-alive", "a ping every 10 s"),
        ]);
    }

    [Fact]
    public void The_embedded_broker_and_one_that_is_not_connected_show_what_there_is()
    {
        var page = OpenWith([Own, South], [Seed, Number]);

        var cards = page.FindAll(".broker");
        cards[0].QuerySelector(".broker-state")!.TextContent.ShouldBe("Listening");
        Facts(cards[0]).ShouldBe([("Address", "127.0.0.1:1883, VibeDash's own broker"), ("Clients", "3 connected"), ("Messages", "7 received since the server started")]);
        cards[1].QuerySelector(".broker-state")!.TextContent.ShouldBe("Not connected");
        cards[1].QuerySelector(".broker-detail")!.TextContent.ShouldBe("Connection refused.");
        Facts(cards[1]).Select(fact => fact.Name).ShouldBe(["Address", "Messages", "Reconnects"]);
    }

    [Fact]
    public void Sources_tell_broker_profile_settings_and_counts_and_lead_to_their_dead_letters()
    {
        var rows = OpenWith([North, South], [Seed, Number]).FindAll(".sources tbody tr");

        Cells(rows[0]).ShouldBe(["sensors/+/vibration", "all", "VibrationRecorded", "12", "0"]);
        rows[0].QuerySelectorAll("a").ShouldBeEmpty();
        rows[1].QuerySelectorAll(".source-settings li").Select(setting => setting.TextContent).ShouldBe(["level in mm/s", "baseline 2.8"]);
        rows[1].QuerySelector("[data-label=Broker]")!.TextContent.ShouldBe("north");
        rows[1].QuerySelector("a")!.GetAttribute("href").ShouldBe("dead-letters?source=plant%2F%7Bmachine%7D%2F%7Bsensor%7D");
    }

    [Fact]
    public void With_one_broker_the_sources_do_not_name_it() =>
        OpenWith([Own], [Seed]).FindAll(".sources th").Select(head => head.TextContent).ShouldBe(["Topic filter", "Read as", "Accepted", "Rejected"]);

    [Fact]
    public void Sensors_whose_clocks_are_off_are_named_the_furthest_first()
    {
        Answer([Own], [Seed]);
        var page = Open<ConnectionsPage>(Some.Fleet(
            [Some.Sensor("VB-1") with { ClockOffsetSeconds = 7 }, Some.Sensor("VB-2"), Some.Sensor("VB/3") with { ClockOffsetSeconds = -3723 }]));

        page.Find(".clocks p").TextContent.ShouldBe("2 sensors have clocks that differ from the server's:");
        page.FindAll(".clocks li").Select(item => item.TextContent).ShouldBe(["VB/3 1 h 2 min 3 s behind", "VB-1 7 s ahead"]);
        page.Find(".clocks a").GetAttribute("href").ShouldBe("sensors/VB%2F3");
    }

    [Fact]
    public void Clocks_that_are_on_time_are_not_named() => OpenWith([Own], [Seed]).FindAll(".clocks").ShouldBeEmpty();

    [Fact]
    public void A_change_of_the_servers_state_is_asked_about_but_not_more_often_than_every_two_seconds()
    {
        var page = OpenWith([South], [Seed]);
        Api.ClearReceivedCalls();
        Answer([North], [Seed]);

        Feed.Send(Some.Status(BrokerState.Connected, storageFault: "changed"));
        Beat();
        Api.DidNotReceive().GetConnectionsAsync(Arg.Any<CancellationToken>());
        Beat();
        page.WaitForAssertion(() => page.Find(".broker h3").TextContent.ShouldBe("north"));

        // Without a change it is polled anyway.
        Api.ClearReceivedCalls();
        for (var second = 0; second < 9; second++)
            Beat();
        Api.DidNotReceive().GetConnectionsAsync(Arg.Any<CancellationToken>());
        Beat();
        Api.Received(1).GetConnectionsAsync(Arg.Any<CancellationToken>());
    }

    [Fact]
    public void What_was_shown_stays_when_it_cannot_be_brought_up_to_date_and_the_page_says_so()
    {
        var page = OpenWith([North], [Seed]);
        Api.GetConnectionsAsync(Arg.Any<CancellationToken>()).Returns(Task.FromException<ConnectionStatus[]>(new HttpRequestException("The server did not answer in time.")));
        Feed.Send(Some.Status(storageFault: "changed"));
        Beat();
        Beat();

        page.WaitForAssertion(() => page.Find("main .notice").TextContent.ShouldContain("did not answer in time"));
        page.Find(".broker h3").TextContent.ShouldBe("north");

        Answer([South], [Seed]);
        Beat();
        Beat();
        page.WaitForAssertion(() => page.Find(".broker h3").TextContent.ShouldBe("south"));
        page.FindAll("main .notice").ShouldBeEmpty();
    }

    [Fact]
    public void The_browser_starts_with_what_the_server_prerendered()
    {
        SetRendererInfo(new RendererInfo("Static", isInteractive: false));
        OpenWith([North], [Seed]).Find(".broker h3").TextContent.ShouldBe("north");
        Persisted.TriggerOnPersisting();

        SetRendererInfo(new RendererInfo("WebAssembly", isInteractive: true));
        Api.GetConnectionsAsync(Arg.Any<CancellationToken>()).Returns(new TaskCompletionSource<ConnectionStatus[]>().Task);
        Open<ConnectionsPage>(Some.Fleet()).Find(".broker h3").TextContent.ShouldBe("north");
    }

    [Fact]
    public void Of_several_brokers_the_notice_says_which_are_gone()
    {
        var page = Open(Some.Fleet(status: Some.Status(BrokerState.Disconnected, "south (10.0.0.7:1883): Connection refused.") with { Brokers = 2 }));

        page.Find(".system-notice").TextContent.ShouldBe("No connection to some MQTT brokers, whose readings do not arrive: south (10.0.0.7:1883): Connection refused.");
    }

    private static (string Name, string Value)[] Facts(IElement card) =>
        [.. card.QuerySelectorAll("dt").Zip(card.QuerySelectorAll("dd"), (name, value) => (name.TextContent, value.TextContent))];

    private static string[] Cells(IElement row) => [.. row.QuerySelectorAll("td").Select(cell => cell.TextContent.Trim())];

    private void Answer(ConnectionStatus[] connections, SourceStatus[] sources)
    {
        Api.GetConnectionsAsync(Arg.Any<CancellationToken>()).Returns(connections);
        Api.GetSourcesAsync(Arg.Any<CancellationToken>()).Returns(sources);
    }

    private IRenderedComponent<MainLayout> OpenWith(ConnectionStatus[] connections, SourceStatus[] sources)
    {
        Answer(connections, sources);
        return Open<ConnectionsPage>(Some.Fleet());
    }
}
