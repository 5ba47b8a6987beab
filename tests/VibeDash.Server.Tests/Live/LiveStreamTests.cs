using System.IO.Pipelines;
using System.Net.ServerSentEvents;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using VibeDash.Core.Alerts;
using VibeDash.Core.Trends;
using VibeDash.Server.Live;
using VibeDash.Server.Tests.Hosting;

namespace VibeDash.Server.Tests.Live;

/// <summary>One server-sent-events connection, with a possibly slow reader.</summary>
public sealed class LiveStreamTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly LiveStream _stream = new(sensorId: null);

    // Holds only a few bytes: every write waits until it is read.
    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1));

    private long _journalPosition = 10;

    [Fact]
    public async Task A_heartbeat_comes_every_15_seconds()
    {
        var writing = WriteAsync();

        for (var i = 0; i < 3; i++)
        {
            _time.Advance(LiveStream.HeartbeatInterval - TimeSpan.FromTicks(1));
            _pipe.Reader.TryRead(out _).ShouldBeFalse();
            _time.Advance(TimeSpan.FromTicks(1));
            (await ReadAsync()).ShouldBe(": heartbeat\n\n");
        }

        writing.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task A_slow_reader_loses_the_oldest_ticks_and_no_alert_change()
    {
        // The first is in progress and not accepted; later ticks replace earlier ones.
        _stream.Offer(Change(11));
        var writing = WriteAsync();
        await Eventually.TrueAsync(() => Task.FromResult(_pipe.Writer.UnflushedBytes == 0 && _pipe.Reader.TryRead(out var read) && Examine(read)), "the first event is written");
        for (var number = 1; number <= 10; number++)
            _stream.OfferTicks(Ticks(number));
        for (var position = 12; position < 12 + LiveStream.WaitingFrames; position++)
            _stream.Offer(Change(position));

        var events = await ReadEventsAsync(1 + LiveStream.WaitingFrames + LiveStream.WaitingTicks);

        events.Where(item => item.EventType == "alerts").Select(item => item.EventId).ShouldBe(
            Enumerable.Range(11, 1 + LiveStream.WaitingFrames).Select(position => $"{position}"));
        events.Where(item => item.EventType == "ticks").Select(item => item.Data.Contains("\"sequence\":10", StringComparison.Ordinal)).ShouldBe([false, false, false, true]);
        writing.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task A_reader_that_takes_nothing_is_disconnected_when_there_is_no_room_for_an_alert_change()
    {
        _stream.Offer(Change(11));
        var writing = WriteAsync();
        await Eventually.TrueAsync(() => Task.FromResult(_pipe.Reader.TryRead(out var read) && Examine(read)), "the first event is written");

        for (var position = 12; position < 12 + LiveStream.WaitingFrames; position++)
            _stream.Offer(Change(position));
        writing.IsCompleted.ShouldBeFalse();
        _stream.Offer(Change(12 + LiveStream.WaitingFrames));

        await Should.ThrowAsync<OperationCanceledException>(writing);
    }

    [Fact]
    public async Task What_the_reader_knows_is_passed_over_and_a_gap_ends_the_stream()
    {
        _stream.Offer(Change(9));
        _stream.Offer(Change(10));
        _stream.Offer(Change(11));
        _stream.Offer(Change(13));
        var writing = WriteAsync();

        (await ReadAsync()).ShouldStartWith("event: alerts\nid: 11\n");

        await writing;
    }

    [Fact]
    public async Task An_alert_change_that_never_came_ends_the_stream()
    {
        var writing = WriteAsync();

        _journalPosition = 11;
        _time.Advance(LiveStream.HeartbeatInterval);
        (await ReadAsync()).ShouldBe(": heartbeat\n\n");
        writing.IsCompleted.ShouldBeFalse();
        _time.Advance(LiveStream.HeartbeatInterval);

        await writing;
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _ended.Dispose();
    }

    private static LiveFrame Change(long position) => LiveFrame.Of([new Alert(1, "VB-1", ConditionKind.BaselineMultiple).Append(
        AlertTransition.Draft(AlertTrigger.Raised, Noon) with { Evaluation = new(1, 1, "Level against baseline", Severity.Critical, 13, 12, "m/s²", Noon, null) },
        new JournalNumbers(1, position - 1))!]);

    private static LiveFrame Ticks(long number) => LiveFrame.Of([new SensorTick("VB-1", number, 1, Noon, 4, 4, 4, 4, 4)]);

    private Task WriteAsync() => _stream.WriteAsync(_pipe.Writer, 10, () => _journalPosition, _time, _ended.Token);

    /// <summary>Peeks at the available data without consuming it.</summary>
    private bool Examine(ReadResult read)
    {
        _pipe.Reader.AdvanceTo(read.Buffer.Start);
        return true;
    }

    private async Task<string> ReadAsync()
    {
        var read = await _pipe.Reader.ReadAsync(TestContext.Current.CancellationToken);
        var text = Encoding.UTF8.GetString(read.Buffer);
        _pipe.Reader.AdvanceTo(read.Buffer.End);
        return text;
    }

    private async Task<List<SseItem<string>>> ReadEventsAsync(int count)
    {
        var events = new List<SseItem<string>>();
        await foreach (var item in SseParser.Create(_pipe.Reader.AsStream()).EnumerateAsync(TestContext.Current.CancellationToken))
        {
            events.Add(item);
            if (events.Count == count)
                break;
        }

        return events;
    }
}
