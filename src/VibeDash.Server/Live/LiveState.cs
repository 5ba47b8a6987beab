using System.Runtime.InteropServices;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Notes;
using VibeDash.Core.Readings;
using VibeDash.Core.Trends;
using VibeDash.Server.Pipeline;

namespace VibeDash.Server.Live;

/// <summary>
/// The fleet as the last commit left it, and what of it has not been pushed to browsers yet. Thread-safe: the event loop writes,
/// the pusher and requests read, each for the time it takes to copy.
/// </summary>
internal sealed class LiveState : ICommitObserver
{
    /// <summary>Most alert changes that wait to be pushed. Beyond, they are dropped: the browsers see the gap and fetch.</summary>
    public const int MaximumWaitingChanges = 10_000;

    /// <summary>The same of changes of notes.</summary>
    public const int MaximumWaitingNotes = 1000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Sensor> _sensors = new(StringComparer.Ordinal);
    private readonly Dictionary<long, Alert> _openAlerts = [];
    private readonly List<AlertChange> _waitingChanges = [];
    private readonly List<NoteChange> _waitingNotes = [];
    private readonly HashSet<string> _changedSensors = new(StringComparer.Ordinal);

    // Filled while the other one, taken before, is read.
    private List<WaitingTick> _waitingTicks = [], _takenTicks = [];
    private readonly List<SensorTick> _ticks = [];
    private int _tickNumber;
    private RuleBook _book = new([]);
    private bool _isLoaded;
    private long _journalPosition;
    private long _notePosition;

    /// <summary>Signalled when something waits to be pushed.</summary>
    public SemaphoreSlim Changed { get; } = new(0, 1);

    /// <summary>Last alert journal entry that is shown.</summary>
    public long JournalPosition
    {
        get
        {
            lock (_lock)
                return _journalPosition;
        }
    }

    /// <inheritdoc/>
    public void Reset(PipelineState state, IReadOnlyDictionary<string, Sparkline> sparklines)
    {
        lock (_lock)
        {
            _openAlerts.Clear();
            foreach (var (sensorId, loaded) in state.Sensors)
            {
                // A sequence that goes on, with a hole, tells browsers that are connected to fetch anew.
                var sequence = _sensors.TryGetValue(sensorId, out var known) ? known.Sequence + 1 : 0;
                _sensors[sensorId] = new Sensor(loaded.Facts, loaded.Shown(loaded.Latest), sparklines[sensorId])
                {
                    Sequence = sequence,
                    OfflineSince = loaded.OfflineSince,
                    Details = loaded.Details(),
                };
                foreach (var alert in loaded.Watch.Alerts)
                    _openAlerts[alert.Id] = alert;
            }

            if (_isLoaded)
                Resume(state);
            _book = state.Book;
            _journalPosition = state.Numbers.LastPosition;
            _notePosition = state.LastNoteChange?.Position ?? 0;
            _isLoaded = true;
        }

        Signal();
    }

    // After an uncertain commit the database may be ahead of what was pushed. Of a journal the last entry is enough: browsers see the gap before it, and
    // fetch.
    private void Resume(PipelineState state)
    {
        _changedSensors.UnionWith(_sensors.Keys);
        if (state.LastAlertChange is { } alert && alert.Transition.Position > _journalPosition)
            _waitingChanges.Add(alert);
        if (state.LastNoteChange is { } note && note.Position > _notePosition)
            _waitingNotes.Add(note);
    }

    /// <inheritdoc/>
    public void Apply(ChangeSet changes)
    {
        bool isNews;
        lock (_lock)
        {
            // The pusher comes for ticks by itself once it knows that there are some.
            isNews = _waitingTicks.Count == 0 || changes.Journal.Count > 0 || changes.Notes.Count > 0 || changes.Facts.Count > 0 || changes.OfflineSince.Count > 0;
            foreach (var (sensorId, span) in changes.Readings)
                Apply(sensorId, span, changes.Facts.GetValueOrDefault(sensorId));

            foreach (var (sensorId, offlineSince) in changes.OfflineSince)
            {
                _sensors[sensorId].OfflineSince = offlineSince;
                _changedSensors.Add(sensorId);
            }

            foreach (var change in changes.Journal)
            {
                _journalPosition = change.Transition.Position;
                if (change.Alert.IsOpen)
                    _openAlerts[change.Alert.Id] = change.Alert;
                else
                    _openAlerts.Remove(change.Alert.Id);
            }

            foreach (var alert in changes.OpenAlerts)
                _openAlerts[alert.Id] = alert;
            foreach (var (sensorId, details) in changes.Details)
                _sensors[sensorId].Details = details;

            // Sensors whose rules or settings changed without a reading.
            foreach (var sensorId in changes.Facts.Keys)
                _changedSensors.Add(sensorId);
            _book = changes.Book ?? _book;

            if (_waitingChanges.Count + changes.Journal.Count > MaximumWaitingChanges)
                _waitingChanges.Clear();
            if (changes.Journal.Count > 0)
                _waitingChanges.AddRange(changes.Journal.TakeLast(MaximumWaitingChanges));
            if (changes.Notes.Count > 0)
            {
                if (_waitingNotes.Count + changes.Notes.Count > MaximumWaitingNotes)
                    _waitingNotes.Clear();
                _waitingNotes.AddRange(changes.Notes.TakeLast(MaximumWaitingNotes));
                _notePosition = changes.Notes[^1].Position;
            }
        }

        if (isNews)
            Signal();
    }

    /// <summary>Everything a page shows at first.</summary>
    public FleetSnapshot Snapshot(DateTimeOffset now, ServerStatus status)
    {
        lock (_lock)
            return new(now, _journalPosition, [.. _sensors.Select(pair => pair.Value.Snapshot(pair.Key))], [.. _openAlerts.Values], status);
    }

    /// <summary>One sensor, or null.</summary>
    public SensorSnapshot? Find(string sensorId)
    {
        lock (_lock)
            return _sensors.GetValueOrDefault(sensorId)?.Snapshot(sensorId);
    }

    /// <summary>What sent the events of each sensor, where they say so: <see cref="SensorFacts.Source"/>.</summary>
    public string[] Sources()
    {
        lock (_lock)
            return [.. _sensors.Values.Select(sensor => sensor.Facts.Source).OfType<string>()];
    }

    /// <summary>The rules in force.</summary>
    public RuleBook Book
    {
        get
        {
            lock (_lock)
                return _book;
        }
    }

    /// <summary>Alert changes not pushed yet, in order; they are then considered pushed.</summary>
    public AlertChange[] TakeAlertChanges()
    {
        lock (_lock)
        {
            AlertChange[] changes = [.. _waitingChanges];
            _waitingChanges.Clear();
            return changes;
        }
    }

    /// <summary>Changes of notes not pushed yet, in order; they are then considered pushed.</summary>
    public NoteChange[] TakeNoteChanges()
    {
        lock (_lock)
        {
            NoteChange[] changes = [.. _waitingNotes];
            _waitingNotes.Clear();
            return changes;
        }
    }

    /// <summary>Sensors that are new or changed and not pushed yet; they are then considered pushed.</summary>
    /// <param name="maximum">No more than this many at a time.</param>
    /// <param name="more">True when others wait.</param>
    public SensorSnapshot[] TakeChangedSensors(int maximum, out bool more)
    {
        lock (_lock)
        {
            string[] taken = [.. _changedSensors.Take(maximum)];
            _changedSensors.ExceptWith(taken);

            // A set keeps the room of its fullest time, and looks through it all to find its first.
            if (_changedSensors.Count == 0)
                _changedSensors.TrimExcess();
            more = _changedSensors.Count > 0;
            return [.. taken.Select(sensorId => _sensors[sensorId].Snapshot(sensorId))];
        }
    }

    /// <summary>Readings not pushed yet, one tick a sensor; they are then considered pushed. One caller at a time.</summary>
    /// <returns>Good until the next call.</returns>
    public ReadOnlySpan<SensorTick> TakeTicks()
    {
        var taken = SwapWaitingTicks();
        _ticks.Clear();
        foreach (var waiting in taken)
            _ticks.Add(waiting.ToTick());
        taken.Clear();
        return CollectionsMarshal.AsSpan(_ticks);
    }

    /// <summary>Considers all readings pushed. As <see cref="TakeTicks"/>, one caller at a time.</summary>
    public void ForgetTicks() => SwapWaitingTicks().Clear();

    private List<WaitingTick> SwapWaitingTicks()
    {
        // However many there are, a commit waits no longer than for this: the number tells the sensors that theirs have been taken.
        lock (_lock)
        {
            (_waitingTicks, _takenTicks) = (_takenTicks, _waitingTicks);
            _tickNumber++;
            return _takenTicks;
        }
    }

    /// <summary>Wakes the pusher.</summary>
    public void Signal()
    {
        // One waiting signal is as good as many; the race to release it twice is lost harmlessly.
        try
        {
            if (Changed.CurrentCount == 0)
                Changed.Release();
        }
        catch (SemaphoreFullException)
        {
        }
    }

    private void Apply(string sensorId, ReadingSpan span, SensorFacts? facts)
    {
        if (!_sensors.TryGetValue(sensorId, out var sensor))
            _sensors[sensorId] = sensor = new Sensor(facts!, span.Latest, new Sparkline());
        if (facts is not null)
        {
            sensor.Facts = facts;
            _changedSensors.Add(sensorId);
        }

        sensor.Latest = span.Latest;
        sensor.Sequence += span.Count;
        sensor.Sparkline.Add(span.Latest.Timestamp, span.Max);

        if (sensor.TickNumber != _tickNumber)
        {
            (sensor.TickNumber, sensor.TickIndex) = (_tickNumber, _waitingTicks.Count);
            _waitingTicks.Add(new(sensorId, span, sensor.Sequence));
            return;
        }

        ref var waiting = ref CollectionsMarshal.AsSpan(_waitingTicks)[sensor.TickIndex];
        waiting.Span.Add(span);
        waiting.Sequence = sensor.Sequence;
    }

    /// <summary>What a sensor's next tick will say.</summary>
    private struct WaitingTick(string sensorId, ReadingSpan span, long sequence)
    {
        public ReadingSpan Span = span;
        public long Sequence = sequence;

        public readonly SensorTick ToTick() =>
            new(sensorId, Sequence, Span.Count, Span.Latest.Timestamp, Span.Latest.Level, Span.Min, Span.Max, Span.Sum / Span.Count, Span.Latest.Baseline);
    }

    private sealed class Sensor(SensorFacts facts, Reading latest, Sparkline sparkline)
    {
        public SensorFacts Facts { get; set; } = facts;

        public Reading Latest { get; set; } = latest;

        public Sparkline Sparkline { get; } = sparkline;

        public long Sequence { get; set; }

        public SensorDetails Details { get; set; } = SensorDetails.None;

        /// <summary>When its tick was last begun, and where it is while that is not taken.</summary>
        public int TickNumber { get; set; } = -1;

        public int TickIndex { get; set; }

        public DateTimeOffset? OfflineSince { get; set; }

        public SensorSnapshot Snapshot(string sensorId) => new(
            sensorId,
            Facts,
            Latest.Unit,
            Sequence,
            Latest.Timestamp,
            Latest.Level,
            Latest.Baseline,
            [.. Sparkline.Points],
            SensorStatusChange.IsOffline(OfflineSince, Latest.Timestamp) ? OfflineSince : null)
        {
            Labels = Details.Labels.Count == 0 ? null : [.. Details.Labels],
            BaselineInForce = Details.Baseline,
            Learned = Details.Learned,
            Machine = Details.Machine,
            IsSuspect = Latest.IsSuspect,
        };
    }
}
