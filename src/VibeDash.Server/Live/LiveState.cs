using System.Runtime.InteropServices;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Notes;
using VibeDash.Core.People;
using VibeDash.Core.Readings;
using VibeDash.Core.Trends;
using VibeDash.Server.Pipeline;

namespace VibeDash.Server.Live;

/// <summary>
/// Fleet state of the last commit, and the changes not yet pushed to browsers. Thread-safe: the event loop writes, the pusher and requests read;
/// each holds the lock only while copying.
/// </summary>
internal sealed class LiveState : ICommitObserver
{
    /// <summary>Maximum pending alert changes. Beyond it they are dropped: browsers detect the gap and fetch.</summary>
    public const int MaximumWaitingChanges = 10_000;

    /// <summary>Maximum pending note changes; see <see cref="MaximumWaitingChanges"/>.</summary>
    public const int MaximumWaitingNotes = 1000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Sensor> _sensors = new(StringComparer.Ordinal);
    private readonly Dictionary<long, Alert> _openAlerts = [];
    private readonly List<AlertChange> _waitingChanges = [];
    private readonly List<NoteChange> _waitingNotes = [];
    private readonly HashSet<string> _changedSensors = new(StringComparer.Ordinal);
    private readonly HashSet<string> _removedSensors = new(StringComparer.Ordinal);

    // Double buffer: one is filled while the other is read.
    private List<WaitingTick> _waitingTicks = [], _takenTicks = [];
    private readonly List<SensorTick> _ticks = [];
    private int _tickNumber;
    private RuleBook _book = new([]);
    private bool _isLoaded;
    private long _journalPosition;
    private long _notePosition;

    /// <summary>Signalled when changes are pending.</summary>
    public SemaphoreSlim Changed { get; } = new(0, 1);

    /// <summary>Position of the last alert journal entry shown.</summary>
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
            foreach (var sensorId in _sensors.Keys.Except(state.Sensors.Keys).ToArray())
                Remove(sensorId);
            foreach (var loaded in state.Sensors.Values)
                Load(loaded, sparklines[loaded.SensorId]);

            foreach (var common in state.Common.Values)
            {
                foreach (var alert in common.Watch.Alerts)
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

    // After an uncertain commit the database may be ahead of the pushed changes. The last journal entry is enough: browsers detect the gap before it
    // and fetch.
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
            // Once the pusher knows of pending ticks it returns for them without a signal.
            isNews = _waitingTicks.Count == 0 || changes.Removed.Count > 0 || changes.Journal.Count > 0 || changes.Notes.Count > 0 || changes.Facts.Count > 0 || changes.OfflineSince.Count > 0;
            foreach (var sensorId in changes.Removed)
                Remove(sensorId);
            foreach (var (loaded, sparkline) in changes.Loaded)
            {
                Load(loaded, sparkline);
                _changedSensors.Add(loaded.SensorId);
            }

            foreach (var (sensorId, reading) in changes.Added)
                _sensors.TryAdd(sensorId, new Sensor(changes.Facts[sensorId], reading, new Sparkline()));
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

    /// <summary>Initial state for a page.</summary>
    /// <param name="now">Server time.</param>
    /// <param name="status">State of the server.</param>
    /// <param name="limit">The places to which the page is limited; null for everything.</param>
    public FleetSnapshot Snapshot(DateTimeOffset now, ServerStatus status, PlaceLimit? limit = null)
    {
        lock (_lock)
        {
            return limit is null
                ? new(now, _journalPosition, [.. _sensors.Select(pair => pair.Value.Snapshot(pair.Key))], [.. _openAlerts.Values], status)
                : new(
                    now, _journalPosition, [.. _sensors.Where(pair => limit.Covers(pair.Value.Facts.Location)).Select(pair => pair.Value.Snapshot(pair.Key))],
                    [.. _openAlerts.Values.Where(alert => limit.Shows(alert.SensorId, _sensors.GetValueOrDefault(alert.SensorId)?.Facts.Location))], status.AtPlaces());
        }
    }

    /// <summary>Snapshot of one sensor, or null.</summary>
    public SensorSnapshot? Find(string sensorId)
    {
        lock (_lock)
            return _sensors.GetValueOrDefault(sensorId)?.Snapshot(sensorId);
    }

    /// <summary>Location of a sensor; null when it is not known.</summary>
    public string? LocationOf(string sensorId)
    {
        lock (_lock)
            return _sensors.GetValueOrDefault(sensorId)?.Facts.Location;
    }

    /// <summary>Locations of the sensors with an id, compared case-insensitively.</summary>
    public string[] LocationsOf(string sensorId)
    {
        lock (_lock)
            return [.. _sensors.Where(sensor => string.Equals(sensor.Key, sensorId, StringComparison.OrdinalIgnoreCase)).Select(sensor => sensor.Value.Facts.Location)];
    }

    /// <summary>Ids and locations of all sensors.</summary>
    public KeyValuePair<string, string>[] Locations()
    {
        lock (_lock)
            return [.. _sensors.Select(sensor => KeyValuePair.Create(sensor.Key, sensor.Value.Facts.Location))];
    }

    /// <summary>The distinct sources of the sensors' events, where given: <see cref="SensorFacts.Source"/>.</summary>
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

    /// <summary>Takes the pending alert changes, in order.</summary>
    public AlertChange[] TakeAlertChanges()
    {
        lock (_lock)
        {
            AlertChange[] changes = [.. _waitingChanges];
            _waitingChanges.Clear();
            return changes;
        }
    }

    /// <summary>Takes the pending note changes, in order.</summary>
    public NoteChange[] TakeNoteChanges()
    {
        lock (_lock)
        {
            NoteChange[] changes = [.. _waitingNotes];
            _waitingNotes.Clear();
            return changes;
        }
    }

    /// <summary>Takes pending new and changed sensors.</summary>
    /// <param name="maximum">Maximum number of sensors.</param>
    /// <param name="more">True when others are pending.</param>
    public SensorSnapshot[] TakeChangedSensors(int maximum, out bool more)
    {
        lock (_lock)
        {
            string[] taken = [.. _changedSensors.Take(maximum)];
            _changedSensors.ExceptWith(taken);

            // A set keeps its peak capacity and scans all of it to find its first item.
            if (_changedSensors.Count == 0)
                _changedSensors.TrimExcess();
            more = _changedSensors.Count > 0;
            return [.. taken.Select(sensorId => _sensors[sensorId].Snapshot(sensorId))];
        }
    }

    /// <summary>Takes the pending removed sensors. One of them may be there again, or anew: then it is pending as changed, too.</summary>
    public string[] TakeRemovedSensors()
    {
        lock (_lock)
        {
            string[] removed = [.. _removedSensors];
            _removedSensors.Clear();
            return removed;
        }
    }

    /// <summary>Takes the pending readings, one tick per sensor. Single caller.</summary>
    /// <returns>Valid until the next call.</returns>
    public ReadOnlySpan<SensorTick> TakeTicks()
    {
        var taken = SwapWaitingTicks();
        _ticks.Clear();
        foreach (var waiting in taken)
            _ticks.Add(waiting.ToTick());
        taken.Clear();
        return CollectionsMarshal.AsSpan(_ticks);
    }

    /// <summary>Discards all pending readings. Single caller, like <see cref="TakeTicks"/>.</summary>
    public void ForgetTicks() => SwapWaitingTicks().Clear();

    private List<WaitingTick> SwapWaitingTicks()
    {
        // Constant time under the lock: the tick number tells each sensor that its pending tick was taken.
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
        // One pending signal is enough; losing the race to release it twice is harmless.
        try
        {
            if (Changed.CurrentCount == 0)
                Changed.Release();
        }
        catch (SemaphoreFullException)
        {
        }
    }

    private void Load(SensorState loaded, Sparkline sparkline)
    {
        // A gap in the sequence makes connected browsers fetch again.
        var sequence = _sensors.TryGetValue(loaded.SensorId, out var known) ? known.Sequence + 1 : 0;
        _sensors[loaded.SensorId] = new Sensor(loaded.Facts, loaded.Shown(loaded.Latest), sparkline)
        {
            Sequence = sequence,
            OfflineSince = loaded.OfflineSince,
            Details = loaded.Details(),
        };
        foreach (var alert in loaded.Watch.Alerts)
            _openAlerts[alert.Id] = alert;
    }

    private void Remove(string sensorId)
    {
        _sensors.Remove(sensorId);
        _changedSensors.Remove(sensorId);
        _removedSensors.Add(sensorId);
        foreach (var alert in _openAlerts.Values.Where(alert => alert.SensorId == sensorId).ToArray())
            _openAlerts.Remove(alert.Id);
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

        if (span.Latest.Unit != sensor.Latest.Unit)
            sensor.Sparkline.ChangeUnit(sensor.Latest.Unit, span.Latest.Unit);
        sensor.Latest = span.Latest;
        sensor.Sequence += span.Count;
        sensor.Sparkline.Add(span.Latest.Timestamp, Sparkline.Farther(span.Min, span.Max));

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

    /// <summary>The pending tick of a sensor.</summary>
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

        /// <summary>Number of the pending list that holds its tick, and the index in that list; outdated once the list has been taken.</summary>
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
            Learning = Details.Learning,
            RunLevel = Details.RunLevel,
            Machine = Details.Machine,
            Evaluation = Details.Evaluation,
            IsOutOfService = Details.IsOutOfService,
            IsCriticalUnconfirmed = Details.IsCriticalUnconfirmed,
            Sender = Details.Sender,
            IsSuspect = Latest.IsSuspect,
            NotGoodSince = Details.NotGoodSince,
            Quality = Details.NotGoodSince is null ? ReadingQuality.Good : Details.Quality,
            ClockOffsetSeconds = Details.ClockOffset != TimeSpan.Zero ? Math.Round(Details.ClockOffset.TotalSeconds) : null,
        };
    }
}
