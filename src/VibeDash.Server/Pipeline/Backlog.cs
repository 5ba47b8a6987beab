using VibeDash.Core.Contract;

namespace VibeDash.Server.Pipeline;

/// <summary>
/// Detects from the event times of commits that the server is working through a backlog: the readings are old, and event time passes faster than the
/// clock. Readings from sensors with slow clocks are old, too, but their age is constant. The median ignores a single sensor that sends its buffer.
/// Written by the event loop; reads are thread-safe.
/// </summary>
internal sealed class Backlog(TimeProvider time)
{
    /// <summary>Readings older than this indicate a backlog.</summary>
    public static readonly TimeSpan Old = TimeSpan.FromSeconds(30);

    /// <summary>Readings younger than this are current.</summary>
    public static readonly TimeSpan Present = TimeSpan.FromSeconds(5);

    // Minimum ratio of event time to clock time. Lower ratios occur without a backlog: sensors that send slightly faster than their timestamps advance.
    private const double MinimumSpeed = 1.5;

    // Maximum sample of a window; its median stands for all readings.
    private const int MaximumSample = 4096;
    private const int Windows = 8;
    private const double MaximumSeconds = 86_400;

    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(500);

    // Without a commit for this long, there is no backlog.
    private static readonly TimeSpan Forgotten = TimeSpan.FromSeconds(5);

    private readonly List<DateTimeOffset> _sample = [];
    private readonly Queue<Moment> _moments = new();
    private long _windowBegan;
    private State? _state;

    /// <summary>Progress through the backlog; null when there is none.</summary>
    public BacklogStatus? Now =>
        Volatile.Read(ref _state) is { } state && time.GetElapsedTime(state.At) < Forgotten ? state.BacklogStatus : null;

    /// <summary>Adds the readings of a commit.</summary>
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

    // With few events per window, the median fluctuates between sensors whose clocks differ.
    private bool IsRising() => _moments.Zip(_moments.Skip(1)).All(pair => pair.First.EventTime < pair.Second.EventTime);

    private readonly record struct Moment(long At, DateTimeOffset EventTime);

    private sealed record State(long At, BacklogStatus BacklogStatus);
}
