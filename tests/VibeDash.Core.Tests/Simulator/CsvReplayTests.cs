using System.Collections.Concurrent;
using MQTTnet.Protocol;
using MQTTnet.Server;
using VibeDash.Simulator.Replay;

namespace VibeDash.Core.Tests.Simulator;

public sealed class CsvReplayTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData(1, 8)]
    [InlineData(4, 2)]
    [InlineData(0.5, 16)]
    [InlineData(1e9, 0)]
    [InlineData(double.PositiveInfinity, 0)]
    public async Task Speed_scales_the_time_between_rows(double speed, int seconds)
    {
        File.WriteAllText(_file, "timestamp,a\n2004-02-12T10:30:00,1\n2004-02-12T10:30:02,2\n2004-02-12T10:30:08,3\n");
        // Less than the 20 s after which the simulator drops a silent broker, as this one appears to a clock that leaps.
        var clock = new LeapingClock(Now);
        var received = new ConcurrentQueue<double>();
        var port = LoopbackPort.Free();
        using var broker = LocalBroker.Create(port, sent => received.Enqueue(sent.Reading.Level));
        await broker.StartAsync();

        var report = await CsvReplay.RunAsync(Options(port) with { Speed = speed }, clock, TextWriter.Null, TestContext.Current.CancellationToken);

        received.ShouldBe([1, 2, 3]);
        (report.Published, report.Acknowledged, report.IsComplete).ShouldBe((3, 3, true));
        Math.Round(report.Elapsed.TotalSeconds).ShouldBe(seconds);
    }

    [Fact]
    public async Task Rows_out_of_order_and_repeated_timestamps_are_published_as_they_come_and_counted()
    {
        File.WriteAllText(_file, "timestamp,a\n2004-02-12T10:30:00,1\n2004-02-12T10:20:00,2\n2004-02-12T10:20:00,3\n2004-02-12T10:30:09,NaN\n2004-02-12T10:30:05,5\nx,6\n");
        var received = new ConcurrentQueue<double>();
        var port = LoopbackPort.Free();
        using var broker = LocalBroker.Create(port, sent => received.Enqueue(sent.Reading.Level));
        await broker.StartAsync();

        var report = await CsvReplay.RunAsync(Options(port) with { Speed = 1 }, new LeapingClock(Now), TextWriter.Null, TestContext.Current.CancellationToken);

        received.ShouldBe([1, 2, 3, 5]);
        (report.Rows, report.Published, report.Empty, report.Unreadable, report.OutOfOrder, report.Repeated, report.IsComplete).ShouldBe((6, 4, 1, 1, 3, 1, false));
        report.ToString().ShouldEndWith(
            "6 rows, 4 published, 4 acknowledged, 0 refused, 1 empty cells skipped, 1 unreadable, 3 rows out of order, 1 with a repeated timestamp, "
            + "measured 2004-02-12T10:20:00Z to 2004-02-12T10:30:09Z (0.01 days)");
    }

    [Fact]
    public async Task What_was_not_acknowledged_when_the_connection_was_lost_is_sent_again()
    {
        File.WriteAllText(_file, "timestamp,a\n" + string.Concat(Enumerable.Range(0, 3000).Select(row => $"{1_000_000_000 + row},{row}\n")));
        var received = new ConcurrentQueue<string>();
        var acknowledged = new List<string>();
        var port = LoopbackPort.Free();
        using var broker = LocalBroker.Create(port, sent => received.Enqueue(sent.Reading.EventId));
        var cut = 0;
        broker.InterceptingPublishAsync += async arguments =>
        {
            if (received.Count >= 100 && Interlocked.Exchange(ref cut, 1) == 0)
            {
                arguments.ProcessPublish = false;
                await broker.DisconnectClientAsync(arguments.ClientId, MqttDisconnectReasonCode.UnspecifiedError);
            }
        };
        await broker.StartAsync();
        var options = Options(port) with { Time = TimestampColumn.Create("timestamp", "seconds", DateTimeOffset.UnixEpoch)!, Window = 200, Acknowledged = acknowledged.Add };

        var report = await CsvReplay.RunAsync(options, TimeProvider.System, TextWriter.Null, TestContext.Current.CancellationToken);

        (cut, report.Published, report.Acknowledged).ShouldBe((1, 3000, 3000));
        acknowledged.Count.ShouldBe(3000);
        received.Count.ShouldBeGreaterThan(3000);
        received.Distinct().ShouldBe(acknowledged, ignoreOrder: true);
    }

    [Fact]
    public async Task It_ends_when_it_is_told_to()
    {
        File.WriteAllText(_file, "timestamp,a\n2004-02-12T10:30:00,1\n2004-02-13T10:30:00,2\n");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var port = LoopbackPort.Free();
        using var broker = LocalBroker.Create(port, _ => stop.Cancel());
        await broker.StartAsync();

        var report = await CsvReplay.RunAsync(Options(port) with { Speed = 1 }, TimeProvider.System, TextWriter.Null, stop.Token);

        (report.Rows, report.Published, report.Acknowledged).ShouldBe((2, 1, 1));
    }

    [Fact]
    public void Options_outside_their_range_cannot_be_set()
    {
        foreach (var speed in new[] { 0, -1, double.NaN, 1e10, double.NegativeInfinity })
            Should.Throw<ArgumentOutOfRangeException>(() => Options(1) with { Speed = speed });
        Should.Throw<ArgumentOutOfRangeException>(() => Options(1) with { Columns = [] });
        Should.Throw<ArgumentOutOfRangeException>(() => Options(1) with { Window = 0 });
    }

    private ReplayOptions Options(int port) => new()
    {
        File = _file,
        Time = TimestampColumn.Create("timestamp", TimestampColumn.Iso, default)!,
        Columns = [new() { Column = "a", SensorId = "S-1", Unit = "g" }],
        Broker = new("127.0.0.1", port),
    };
}
