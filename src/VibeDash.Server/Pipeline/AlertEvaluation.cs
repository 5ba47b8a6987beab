using VibeDash.Core.Alerts;
using VibeDash.Core.Readings;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Pipeline;

/// <summary>
/// Evaluates readings, silences and expiries inside a transaction of the event loop. Reused for each transaction. Command handlers change
/// alerts through <see cref="Change"/>.
/// </summary>
internal sealed class AlertEvaluation(PipelineState state, StorageSession storage, ChangeSet changes)
{
    private readonly AlertChanges _changes = new(state, storage, changes);
    private readonly JournalWriter _journal = new(state.Numbers, changes.Journal);
    private readonly List<SensorState> _due = [];
    private LateReadings? _late;
    private CommonSilences? _common;

    private LateReadings Late => _late ??= new(state, storage, changes, _changes, _journal);

    private CommonSilences Common => _common ??= new(state, _changes, _journal);

    /// <summary>The alert journal of the transaction.</summary>
    public JournalWriter Journal => _journal;

    /// <summary>Starts a transaction.</summary>
    public void Begin()
    {
        _changes.Begin();
        _late = null;
    }

    /// <summary>Evaluates the newest reading of a sensor: see <see cref="SensorWatch.Evaluate"/>.</summary>
    public void Evaluate(SensorState sensor, in EvaluatedReading evaluated, bool gapIsCertain)
    {
        var before = sensor.Watch.Alerts;
        sensor.Watch.Evaluate(evaluated, gapIsCertain, _journal);
        _changes.Note(sensor, before);
    }

    /// <summary>The state of a sensor's machine changed: see <see cref="SensorWatch.Follow"/>.</summary>
    public void Follow(SensorState sensor, DateTimeOffset at) =>
        Change(sensor, (watch, journal) => watch.Follow(sensor.Machine?.History ?? MachineHistory.Empty, at, journal));

    /// <summary>Schedules a re-evaluation at the end of the transaction: a reading or machine state is older than the latest reading of its sensor.</summary>
    /// <param name="sensor">The sensor.</param>
    /// <param name="timestamp">Time of the reading or state.</param>
    /// <param name="message">The sensor's own message in the event, or null.</param>
    public void AddLate(SensorState sensor, DateTimeOffset timestamp, string? message = null) => Late.Add(sensor, timestamp, message);

    /// <summary>Re-evaluates a sensor now: the findings of some readings up to its latest may be on record already.</summary>
    public void Reevaluate(SensorState sensor, DateTimeOffset first) => Late.Evaluate(sensor, first);

    /// <summary>Journals what is over and not on record as backfilled: see <see cref="Core.Alerts.Backfill"/>.</summary>
    /// <returns>Number of alerts journalled.</returns>
    public int Backfill(SensorState sensor, IReadOnlyList<Finding[]> over) => over.Count == 0 ? 0
        : Core.Alerts.Backfill.Add(sensor.SensorId, over, sensor.Facts.CalibrationDate, Late.SpansOnRecord(sensor.SensorId, over.Min(findings => findings[0].At)), _journal);

    /// <summary>Changes the alerts of a sensor.</summary>
    /// <returns>The result of <paramref name="change"/>.</returns>
    public T Change<T>(SensorState sensor, Func<SensorWatch, JournalWriter, T> change) => Change(sensor.Watch, change);

    /// <inheritdoc cref="Change{T}(SensorState, Func{SensorWatch, JournalWriter, T})"/>
    public T Change<T>(SensorWatch watch, Func<SensorWatch, JournalWriter, T> change)
    {
        var before = watch.Alerts;
        var result = change(watch, _journal);
        if (state.Sensors.TryGetValue(watch.Subject, out var sensor))
            _changes.Note(sensor, before);
        else
            _changes.Note(watch, before);
        return result;
    }

    /// <inheritdoc cref="Change{T}(SensorState, Func{SensorWatch, JournalWriter, T})"/>
    public void Change(SensorState sensor, Action<SensorWatch, JournalWriter> change)
    {
        var before = sensor.Watch.Alerts;
        change(sensor.Watch, _journal);
        _changes.Note(sensor, before);
    }

    /// <summary>The current state of an alert, open or closed, within this transaction, or null.</summary>
    public Alert? Find(long alertId) => _changes.Find(alertId);

    /// <summary>Re-evaluates sensors with late-arriving readings and writes the changes. Call it before the commit.</summary>
    public void Finish()
    {
        _late?.Evaluate();
        _late = null;
        _changes.Write();
    }

    /// <summary>The rules in force changed; they apply to each sensor from its next reading on.</summary>
    /// <param name="at">Server time.</param>
    /// <param name="by">The user who changed them.</param>
    public void ChangeRules(DateTimeOffset at, string by)
    {
        changes.Book = state.Book;
        foreach (var sensor in state.Sensors.Values)
            ChangeRules(sensor, at, by: by);
    }

    /// <summary>The rules that apply to a sensor may have changed.</summary>
    /// <param name="sensor">The sensor.</param>
    /// <param name="at">Server time.</param>
    /// <param name="always">True to recount on-delays and windows even if the rules are the same.</param>
    /// <param name="isBefore">True when the latest reading is still to be evaluated, and so not to be counted before.</param>
    /// <param name="by">The user who changed the rules or labels; null when the sensor itself has changed.</param>
    public void ChangeRules(SensorState sensor, DateTimeOffset at, bool always = false, bool isBefore = false, string? by = null)
    {
        var rules = RulesOf(sensor);
        if (!always && rules.Select(rule => (rule.Rule.Id, rule.Rule.Version)).SequenceEqual(sensor.Watch.Rules.Select(rule => (rule.Rule.Id, rule.Rule.Version))))
            return;

        Recount(sensor, rules, before: isBefore ? sensor.Latest.Timestamp : sensor.Latest.Timestamp.AddMicroseconds(1), at, by);
    }

    /// <summary>Recounts on-delays and windows up to the latest reading of a sensor, which is still to be evaluated.</summary>
    public void RecountBefore(SensorState sensor) => Recount(sensor, RulesOf(sensor), before: sensor.Latest.Timestamp, at: sensor.Latest.Timestamp);

    /// <summary>
    /// Takes a sensor out of service, or returns it, when the entries in effect or its machine have changed: see
    /// <see cref="SensorWatch.SetOutOfService"/>.
    /// </summary>
    public void FollowOutOfService(SensorState sensor, DateTimeOffset at, string? by = null, string? reason = null, AlertCause? cause = null)
    {
        var isOutOfService = state.IsOutOfService(sensor.SensorId, sensor.Facts);
        if (sensor.Watch.IsOutOfService == isOutOfService)
            return;
        Change(sensor, (watch, journal) => watch.SetOutOfService(isOutOfService, at, by, reason, cause, journal));
        changes.SetDetails(sensor);
    }

    /// <summary>Ends shelvings and acknowledgements that have expired.</summary>
    public void EndExpired(DateTimeOffset now)
    {
        foreach (var subject in state.SensorOfOpenAlert.Values.Distinct().ToArray())
        {
            Change(state.WatchOf(subject), (watch, journal) =>
            {
                watch.EndExpired(now, journal);
                return true;
            });
        }
    }

    /// <summary>Evaluates the silence of all sensors.</summary>
    /// <param name="now">Server time.</param>
    /// <param name="present">Server time since which no reading can have been missed or be queued.</param>
    public void EvaluateSilences(DateTimeOffset now, DateTimeOffset present)
    {
        _due.Clear();
        if (present < state.LoadedAt)
            present = state.LoadedAt;
        foreach (var sensor in state.Sensors.Values)
        {
            // The server's clock was set back.
            if (sensor.ArrivedAt > now)
                sensor.ArrivedAt = now;
            if (sensor.Sender?.HeardAt > now)
                sensor.Sender.HeardAt = now;

            if (MayBeSilent(sensor, now) && sensor.Watch.ToldBy is null)
            {
                var (from, outages) = SilenceOf(sensor, now, present);
                if (sensor.Watch.IsSilenceDue(sensor.Sender, now - from - outages.Missed, sensor.Sender is not null && sensor.IsOffline, outages))
                    _due.Add(sensor);
            }
        }

        if (_due.Count > 0)
            Common.Join(_due, now);
        foreach (var sensor in state.Sensors.Values)
        {
            // A sender that is heard ends the silences of its sensors.
            if (!MayBeSilent(sensor, now) && sensor.Sender is null)
                continue;
            var (from, outages) = SilenceOf(sensor, now, present);
            var before = sensor.Watch.Alerts;
            if (sensor.Sender is { } sender)
                sensor.Watch.EvaluateSilence(sender, from, sensor.IsOffline, now, outages, _journal);
            else
                sensor.Watch.EvaluateSilence(sensor.Latest.Timestamp + (now - sensor.ArrivedAt), outages, _journal, WhyNotGood(sensor));
            _changes.Note(sensor.Watch, before);
        }

        if (state.Common.Count > 0)
            Common.Follow(now);
    }

    /// <summary>Puts on record the baseline and thresholds of a sensor that are no longer in force, if any changed.</summary>
    /// <param name="sensor">The sensor.</param>
    /// <param name="until">Event time of the first reading that the new ones are in force for.</param>
    public void FollowLimits(SensorState sensor, DateTimeOffset until)
    {
        var now = sensor.LimitsNow();
        if (sensor.Limits is { } before && before.LooksLike(now))
            return;
        if (sensor.Limits is { } replaced)
            storage.Limits.Record(sensor.Stored.Key, until, replaced);
        sensor.Limits = now;
    }

    private static AlertCause? WhyNotGood(SensorState sensor) => sensor.NotGoodSince is null ? null : AlertCause.Of(TransitionCause.NotGood, sensor.Quality);

    private static bool MayBeSilent(SensorState sensor, DateTimeOffset now) =>
        (now - sensor.HeardAt).TotalSeconds > SensorEvaluator.MinimumSilence || sensor.Watch.HasFixedSilence;

    // In server time. The sensor's clock may be wrong: that of the machine's start counts from its latest reading on.
    private (DateTimeOffset From, SilenceOutages Outages) SilenceOf(SensorState sensor, DateTimeOffset now, DateTimeOffset present)
    {
        var from = sensor.HeardAt < now ? sensor.HeardAt : now;
        var sinceLatest = sensor.Watch.SilentSince - sensor.Latest.Timestamp;
        if (sinceLatest > TimeSpan.Zero && sensor.Sender is null)
            from += sinceLatest;
        else if (sinceLatest > TimeSpan.Zero && sensor.Watch.SilentSince > from)
            from = sensor.Watch.SilentSince;
        return (from, new(state.Outages.Missed(from), now - present));
    }

    private SensorRule[] RulesOf(SensorState sensor) => state.Book.For(sensor.SensorId, sensor.Facts, sensor.Labels, sensor.Latest.Unit, sensor.RunLevel);

    private void Recount(SensorState sensor, SensorRule[] rules, DateTimeOffset before, DateTimeOffset at, string? by = null)
    {
        var latest = sensor.InUnit(storage.Readings.Latest(sensor.Stored, before, state.Book.LookBackReadings, state.Book.LookBackTime))
            .Select(reading => sensor.ToEvaluate(reading));
        Change(sensor, (watch, journal) => watch.ChangeRules(rules, latest, at, journal, by));
        changes.SetDetails(sensor);
        FollowLimits(sensor, until: before);
    }
}
