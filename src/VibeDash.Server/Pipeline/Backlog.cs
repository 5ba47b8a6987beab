using VibeDash.Core.Contract;

namespace VibeDash.Server.Pipeline;

/// <summary>
/// Tells from the event times of what is committed whether the server works on events that waited. Then they are old and grow younger: their time
/// passes faster than the clock. The readings of sensors whose clocks are slow are old, too, but stay as old as they are; and one sensor that sends its
/// memory among many that do not is not the typical one. Written by the event loop, read by anybody.
/// </summary>
internal sealed class Backlog(TimeProvider time)
{
    /// <summary>Readings older than this are not the present.</summary>
    public static readonly TimeSpan Old = TimeSpan.FromSeconds(30);

    /// <summary>Readings younger than this are.</summary>
    public static readonly TimeSpan Present = TimeSpan.FromSeconds(5);

    // How much faster than the clock event time must pass. Sensors that all send a little faster than they say are not a backlog.
    private const double MinimumSpeed = 1.5;

    // Most sensors of a window that are looked at: their middle one is typical of all.
    private const int MaximumSample = 4096;
    private const int Windows = 8;
    private const double MaximumSeconds = 86_400;

    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(500);

    // When nothing is committed for so long there is nothing that waits.
    private static readonly TimeSpan Forgotten = TimeSpan.FromSeconds(5);

    private readonly List<DateTimeOffset> _sample = [];
    private readonly Queue<Moment> _moments = new();
    private long _windowBegan;
    private State? _state;

    /// <summary>How far it is; null when what is shown is the present.</summary>
    public BacklogStatus? Now =>
        Volatile.Read(ref _state) is { } state && time.GetElapsedTime(state.At) < Forgotten ? state.BacklogStatus : null;

    /// <summary>Takes note of a commit.</summary>
    public void Observe(ChangeSet changes)
    {
        if (changes.Readings.Count == 0)
            return;
        if (_sample.Count == 0)
            _windowBegan = time.GetTimestamp();
        foreach (var span in changes.Readings.Values)
        {
            if (_sample.Count == MaximumSample)
                break;
            _sample.Add(span.Latest.Timestamp);
        }

        if (time.GetElapsedTime(_windowBegan) >= Window)
            EndWindow();
    }

    private void EndWindow()
    {
        _sample.Sort();
        var now = new Moment(time.GetTimestamp(), _sample[_sample.Count / 2]);
        _sample.Clear();
        if (_moments.TryPeek(out var last) && time.GetElapsedTime(last.At) > Window * Windows * 4)
            _moments.Clear();
        _moments.Enqueue(now);
        if (_moments.Count > Windows)
            _moments.Dequeue();

        var age = time.GetUtcNow() - now.EventTime;
        var first = _moments.Peek();
        var elapsed = time.GetElapsedTime(first.At, now.At);
        var speed = elapsed > TimeSpan.Zero ? (now.EventTime - first.EventTime) / elapsed : 0;
        var catchesUp = Now is null
            ? age > Old && speed > MinimumSpeed && _moments.Count == Windows && IsRising()
            : age > Present && speed > MinimumSpeed;

        Volatile.Write(ref _state, catchesUp ? new(now.At, new(now.EventTime, SecondsLeft(age, speed))) : null);
    }

    private static int? SecondsLeft(TimeSpan age, double speed) => age.TotalSeconds / (speed - 1) is <= MaximumSeconds and var left ? (int)Math.Ceiling(left) : null;

    // With few events in a window the middle of sensors whose clocks differ goes up and down.
    private bool IsRising() => _moments.Zip(_moments.Skip(1)).All(pair => pair.First.EventTime < pair.Second.EventTime);

    private readonly record struct Moment(long At, DateTimeOffset EventTime);

    private sealed record State(long At, BacklogStatus BacklogStatus);
}
