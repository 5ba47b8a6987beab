using VibeDash.Core.Alerts;
using VibeDash.Core.Readings;

namespace VibeDash.Server.Pipeline;

/// <summary>
/// Finds what silent sensors have in common: a sender, a place, or that they are half of all. It has one alert, and the silences of its sensors are
/// suppressed until it ends and they had the time to return.
/// </summary>
internal sealed class CommonSilences(PipelineState state, AlertChanges changes, JournalWriter journal)
{
    /// <summary>Fewest sensors with a common silence; it takes half of those that the subject has, too.</summary>
    public const int Fewest = 5;

    /// <summary>The last messages of the sensors are at most this long before the latest of them, or twice the usual interval of the sensor.</summary>
    public static readonly TimeSpan Together = TimeSpan.FromMinutes(10);

    // Twice the usual interval, for a limit of 8 times.
    private const double OverduePart = 1 / 4.0;

    /// <summary>Before the evaluation of the silences: finds the common ones among those due.</summary>
    /// <param name="due">Sensors that are about to be found silent.</param>
    /// <param name="now">Server time.</param>
    public void Join(List<SensorState> due, DateTimeOffset now)
    {
        due.RemoveAll(sensor => sensor.Watch.IsOutOfService || JoinActive(sensor, now));
        if (due.Count == 0)
            return;
        var counts = Count(now);
        while (due.Count > 0 && due.SelectMany(SubjectsOf).Distinct().Where(counts.ContainsKey).Select(subject => counts[subject]).Where(count => count.IsCommon && count.Silent.Any(silent => due.Contains(silent.Sensor)))
            .OrderByDescending(count => count.Silent.Count).ThenByDescending(count => count.Narrowness).FirstOrDefault() is { } found)
        {
            Raise(found, now);
            due.RemoveAll(sensor => sensor.Watch.ToldBy is not null);
            counts = Count(now);
        }
    }

    /// <summary>After the evaluation of the silences: sensors return, and common silences end.</summary>
    /// <param name="now">Server time.</param>
    public void Follow(DateTimeOffset now)
    {
        foreach (var (subject, common) in state.Common.ToArray())
        {
            foreach (var (sensor, joinedAt) in common.Members.ToArray())
            {
                var isSilent = sensor.Watch.Find(ConditionKind.NoData) is { Facts.IsActive: true };
                var limit = sensor.Watch.SilenceLimit(sensor.Sender);
                if (isSilent ? !common.IsActive && (now - common.EndedAt).TotalSeconds > limit : !common.IsActive || limit is null || sensor.HeardAt > joinedAt)
                    Release(common, sensor, now);
            }

            if (common.Alert is { Facts.IsActive: true } alert && 2 * common.Members.Count < alert.Level)
            {
                common.EndedAt = now;
                var cause = IsEvaluated(subject) ? null : AlertCause.Of(TransitionCause.RuleGone);
                Change(common.Watch, watch => watch.Append(alert, AlertTransition.Draft(AlertTrigger.Cleared, now) with { Cause = cause }, journal));
            }
            else if (common.Alert is { Facts.IsActive: true } lesser && Worst(common) is { } worst && worst.Severity > lesser.Severity)
            {
                var evaluation = new Evaluation(
                    worst.RuleId, worst.RuleVersion, worst.RuleName, worst.Severity, common.Members.Count, lesser.Threshold, CommonSubject.Unit, lesser.Since!.Value, CalibrationAgeDays: null);
                Change(common.Watch, watch => watch.Append(lesser, AlertTransition.Draft(AlertTrigger.Worsened, now) with { Evaluation = evaluation }, journal));
            }

            if (common.Members.Count == 0 && common.Alert is null)
                state.Common.Remove(subject);
        }
    }

    /// <summary>The subjects of a sensor, from the widest to the narrowest.</summary>
    public static IEnumerable<string> SubjectsOf(SensorState sensor)
    {
        yield return CommonSubject.All;
        if (Location.Parse(sensor.Facts.Location).Place is { Length: > 0 } place)
            yield return CommonSubject.OfPlace(place);
        if (sensor.Sender is { } sender)
            yield return CommonSubject.OfSender(sender.Name);
    }

    private bool JoinActive(SensorState sensor, DateTimeOffset now)
    {
        if (sensor.Watch.ToldBy is not null)
            return true;
        if (state.Common.Count == 0 || sensor.Watch.SilenceLimit(sensor.Sender) is not { } limit
            || SubjectsOf(sensor).FirstOrDefault(subject => state.Common.GetValueOrDefault(subject) is { } common && IsPartOf(sensor, common, limit)) is not { } joined)
            return false;
        Join(joined, sensor, now);
        return true;
    }

    private bool IsEvaluated(string subject) =>
        state.Sensors.Values.Any(sensor => sensor.Watch.Rules.Any(rule => rule.Kind == ConditionKind.NoData) && SubjectsOf(sensor).Contains(subject));

    // The most severe of the silences that it tells.
    private static Alert? Worst(CommonSilence common) =>
        common.Members.Keys.Select(sensor => sensor.Watch.Find(ConditionKind.NoData)).Where(alert => alert is { Facts.IsActive: true }).MaxBy(alert => alert!.Severity);

    // One that was heard long after the others fell silent has a cause of its own.
    private static bool IsPartOf(SensorState sensor, CommonSilence common, double limit) =>
        common.Alert is { Facts.IsActive: true, Since: { } last } && (sensor.HeardAt - last).TotalSeconds <= Math.Max(Together.TotalSeconds, OverduePart * limit);

    /// <summary>True when a sensor had joined a common silence, or would have, as far as the time of its last arrival shows after a restart.</summary>
    public static bool WasPartOf(SensorState sensor, CommonSilence common) =>
        common.Alert?.RaisedAt > sensor.HeardAt && sensor.Watch.SilenceLimit(sensor.Sender) is { } limit && IsPartOf(sensor, common, limit);

    private Dictionary<string, SubjectCount> Count(DateTimeOffset now)
    {
        var counts = new Dictionary<string, SubjectCount>(StringComparer.Ordinal);
        foreach (var sensor in state.Sensors.Values)
        {
            if (sensor.Watch.IsOutOfService || sensor.Watch.SilenceLimit(sensor.Sender) is not { } limit)
                continue;
            var overdue = sensor.IsOffline && sensor.Sender is not null ? 0 : OverduePart * limit;
            var isSilent = sensor.Watch.ToldBy is null && (now - sensor.HeardAt - state.Outages.Missed(sensor.HeardAt)).TotalSeconds > overdue;
            var narrowness = 0;
            foreach (var subject in SubjectsOf(sensor))
            {
                if (!counts.TryGetValue(subject, out var count))
                    counts[subject] = count = new(subject, narrowness);
                narrowness++;
                count.Total++;
                if (isSilent)
                    count.Silent.Add((sensor, sensor.HeardAt, TimeSpan.FromSeconds(OverduePart * limit)));
            }
        }

        foreach (var count in counts.Values)
            count.KeepTogether();
        return counts;
    }

    private void Raise(SubjectCount found, DateTimeOffset now)
    {
        if (!state.Common.TryGetValue(found.Subject, out var common))
            state.Common[found.Subject] = common = new(new(found.Subject, [], []));
        var rule = found.Silent.Select(silent => silent.Sensor.Watch.Rules.First(rule => rule.Kind == ConditionKind.NoData).Rule).MaxBy(rule => rule.Tiers[0].Severity)!;
        var raised = AlertTransition.Draft(AlertTrigger.Raised, now) with
        {
            Evaluation = new(
                rule.Id, rule.Version, rule.Name, rule.Tiers[0].Severity, found.Silent.Count, found.Total, CommonSubject.Unit, found.Latest, CalibrationAgeDays: null),
        };
        Change(common.Watch, watch => watch.Append(common.Alert ?? journal.Open(found.Subject, ConditionKind.NoData), raised, journal));
        foreach (var (sensor, _, _) in found.Silent)
            Join(found.Subject, sensor, now);
    }

    private void Join(string subject, SensorState sensor, DateTimeOffset now)
    {
        state.Common[subject].Members[sensor] = now;
        Change(sensor.Watch, watch => watch.TellBy(subject, now, journal));
    }

    private void Release(CommonSilence common, SensorState sensor, DateTimeOffset now)
    {
        common.Members.Remove(sensor);
        Change(sensor.Watch, watch => watch.TellBy(null, now, journal));
    }

    private void Change(SensorWatch watch, Action<SensorWatch> change)
    {
        var before = watch.Alerts;
        change(watch);
        changes.Note(watch, before);
    }

    private sealed class SubjectCount(string subject, int narrowness)
    {
        public string Subject => subject;

        public int Narrowness => narrowness;

        public int Total { get; set; }

        public List<(SensorState Sensor, DateTimeOffset HeardAt, TimeSpan Interval)> Silent { get; } = [];

        public DateTimeOffset Latest { get; private set; }

        public bool IsCommon => Silent.Count >= Fewest && 2 * Silent.Count >= Total;

        public void KeepTogether()
        {
            if (Silent.Count == 0)
                return;
            var latest = Latest = Silent.Max(silent => silent.HeardAt);
            Silent.RemoveAll(silent => latest - silent.HeardAt > (silent.Interval > Together ? silent.Interval : Together));
        }
    }
}
