using System.IO.Pipelines;
using System.Threading.Channels;

namespace VibeDash.Server.Live;

/// <summary>
/// One server-sent-events connection. Events queue here until the reader accepts them: the latest <see cref="WaitingTicks"/> tick messages, where the
/// oldest are dropped, and <see cref="WaitingFrames"/> others. A reader that exceeds the latter is disconnected and resumes from the journal.
/// Offering is thread-safe and never waits.
/// </summary>
/// <param name="sensorId">Sensor whose ticks are requested; null for all sensors.</param>
/// <param name="view">What the reader gets of each message; null for everything.</param>
internal sealed class LiveStream(string? sensorId, PlaceView? view = null)
{
    /// <summary>Maximum queued tick messages: one second. The reader detects dropped ticks by sequence numbers.</summary>
    public const int WaitingTicks = 4;

    /// <summary>Maximum queued other events.</summary>
    public const int WaitingFrames = 256;

    /// <summary>Interval between heartbeats.</summary>
    public static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(15);

    private readonly Channel<LiveFrame> _ticks = Channel.CreateBounded<LiveFrame>(
        new BoundedChannelOptions(WaitingTicks) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private readonly Channel<LiveFrame> _frames = Channel.CreateBounded<LiveFrame>(
        new BoundedChannelOptions(WaitingFrames) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    // Continuations must not run on the offering thread.
    private readonly TaskCompletionSource _overflow = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What the reader gets of each message; null for everything.</summary>
    public PlaceView? View => view;

    /// <summary>Sensor whose ticks are requested; null for all sensors.</summary>
    public string? SensorId => sensorId;

    /// <summary>Queues ticks; drops the oldest when full.</summary>
    public void OfferTicks(LiveFrame ticks) => _ticks.Writer.TryWrite(ticks);

    /// <summary>Queues an event that must not be lost; ends the connection when full.</summary>
    public void Offer(LiveFrame frame)
    {
        if (!_frames.Writer.TryWrite(frame))
            _overflow.TrySetResult();
    }

    /// <summary>Writes queued events and heartbeats until the connection ends.</summary>
    /// <param name="output">Target of the events.</param>
    /// <param name="position">Journal position up to which the reader knows the alert changes.</param>
    /// <param name="journalPosition">Returns the last journal position.</param>
    /// <param name="time">The clock.</param>
    /// <param name="ended">Cancelled when the server stops or the reader disconnects.</param>
    /// <exception cref="OperationCanceledException">It ended during a write.</exception>
    public async Task WriteAsync(PipeWriter output, long position, Func<long> journalPosition, TimeProvider time, CancellationToken ended)
    {
        using var timer = new PeriodicTimer(HeartbeatInterval, time);
        var heartbeat = timer.WaitForNextTickAsync(ended).AsTask();
        var frames = _frames.Reader.WaitToReadAsync(ended).AsTask();
        var ticks = _ticks.Reader.WaitToReadAsync(ended).AsTask();
        var due = position;
        while (true)
        {
            await Task.WhenAny(frames, ticks, heartbeat, _overflow.Task);
            if (ended.IsCancellationRequested || _overflow.Task.IsCompleted)
                return;

            if (frames.IsCompleted)
            {
                while (_frames.Reader.TryRead(out var frame))
                {
                    if (frame.LastPosition > 0)
                    {
                        if (frame.LastPosition <= position)
                            continue;
                        if (frame.FirstPosition > position + 1)
                            return;
                        position = frame.LastPosition;
                    }

                    await WriteAsync(output, frame, ended);
                }

                frames = _frames.Reader.WaitToReadAsync(ended).AsTask();
            }

            if (ticks.IsCompleted)
            {
                if (_ticks.Reader.TryRead(out var frame))
                    await WriteAsync(output, frame, ended);
                ticks = _ticks.Reader.WaitToReadAsync(ended).AsTask();
            }

            if (heartbeat.IsCompleted)
            {
                // Changes in the journal at the last heartbeat should have been received by now. If not, they were never pushed.
                if (position < due)
                    return;
                due = journalPosition();
                await WriteAsync(output, LiveFrame.Heartbeat, ended);
                heartbeat = timer.WaitForNextTickAsync(ended).AsTask();
            }
        }
    }

    private async Task WriteAsync(PipeWriter output, LiveFrame frame, CancellationToken ended)
    {
        var writing = output.WriteAsync(frame.Bytes, ended).AsTask();
        if (await Task.WhenAny(writing, _overflow.Task) != writing)
            throw new OperationCanceledException("The reader is too slow.");
        await writing;
    }
}
