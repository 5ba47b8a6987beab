using System.IO.Pipelines;
using System.Threading.Channels;

namespace VibeDash.Server.Live;

/// <summary>
/// One connection that gets server-sent events. What is offered waits here until the reader takes it: of ticks the latest
/// <see cref="WaitingTicks"/> messages, older ones give way; of everything else <see cref="WaitingFrames"/>, and a reader that lets more gather is
/// disconnected, so that it resumes from the journal. Offering is thread-safe and never waits.
/// </summary>
/// <param name="sensorId">The sensor whose ticks are wanted; null for those of all.</param>
internal sealed class LiveStream(string? sensorId)
{
    /// <summary>Ticks that wait: the last second's. The reader sees by their sequence numbers that some are missing.</summary>
    public const int WaitingTicks = 4;

    /// <summary>Other events that wait.</summary>
    public const int WaitingFrames = 256;

    /// <summary>Time from one heartbeat to the next.</summary>
    public static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(15);

    private readonly Channel<LiveFrame> _ticks = Channel.CreateBounded<LiveFrame>(
        new BoundedChannelOptions(WaitingTicks) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private readonly Channel<LiveFrame> _frames = Channel.CreateBounded<LiveFrame>(
        new BoundedChannelOptions(WaitingFrames) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    // What waits for it must not run on the thread that offers.
    private readonly TaskCompletionSource _overflow = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The sensor whose ticks are wanted; null for those of all.</summary>
    public string? SensorId => sensorId;

    /// <summary>Lays ticks down, in place of the oldest ones when there is no room.</summary>
    public void OfferTicks(LiveFrame ticks) => _ticks.Writer.TryWrite(ticks);

    /// <summary>Lays down what must not get lost; ends the connection when there is no room.</summary>
    public void Offer(LiveFrame frame)
    {
        if (!_frames.Writer.TryWrite(frame))
            _overflow.TrySetResult();
    }

    /// <summary>Writes what is offered, and heartbeats, until the connection is to end.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="position">Journal position up to which the reader knows the alert changes.</param>
    /// <param name="journalPosition">Tells the last position there is.</param>
    /// <param name="time">The clock.</param>
    /// <param name="ended">The server stops, or the reader is gone.</param>
    /// <exception cref="OperationCanceledException">It ended in the middle of a write.</exception>
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
                // What the journal had at the last heartbeat should have come by now. If it has not, it was never pushed.
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
