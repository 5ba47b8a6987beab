using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;
using VibeDash.Core.Notes;
using VibeDash.Core.Readings;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Sensors;

/// <summary>Renames a sensor, hands it over, merges it, deletes it, or releases a former id.</summary>
/// <param name="sensorId">The sensor.</param>
/// <param name="change">The change, validated.</param>
/// <param name="actor">The person.</param>
/// <param name="at">Server time of the request.</param>
/// <param name="evaluated">Asked inside the event loop: the sensor whose stored readings are being evaluated, or null.</param>
internal sealed class ChangeSensorCommand(string sensorId, SensorChange change, Actor actor, DateTimeOffset at, Func<string?> evaluated) : AnswerCommand<SensorExtent>(actor, at)
{
    private readonly string _reason = change.Reason!.Trim();

    /// <inheritdoc/>
    public override bool IsAlone => true;

    /// <inheritdoc/>
    protected override string Name => $"{change.Kind}Sensor";

    /// <inheritdoc/>
    protected override string? Subject => sensorId;

    /// <inheritdoc/>
    protected override string? Detail => change.To is { } to ? $"{to}: {_reason}" : _reason;

    /// <inheritdoc/>
    protected override Answer<SensorExtent> Execute(PipelineTransaction transaction)
    {
        if (!transaction.State.Sensors.TryGetValue(sensorId, out var sensor) || !transaction.State.Holds(Actor, sensorId))
            return Refusal.Of(RefusalCode.SensorUnknown, sensorId);
        if (change.To is { } target && transaction.State.Sensors.ContainsKey(target) && !transaction.State.Holds(Actor, target))
            return Refusal.Of(RefusalCode.OutsidePlaces, target);

        // Its findings would be those of another sensor, or of a part of the readings.
        if (change.Kind != SensorChangeKind.Release && evaluated() is { } busy && (busy == sensorId || busy == change.To))
            return Refusal.Of(RefusalCode.HistoryEvaluationUnderWay, busy);
        if (change.Kind == SensorChangeKind.Delete)
            return Delete(transaction, sensor);
        var to = change.To!;
        var refusal = change.Kind switch
        {
            SensorChangeKind.Rename => Rename(transaction, sensor, to),
            SensorChangeKind.HandOver => HandOver(transaction, sensor, to),
            SensorChangeKind.Merge => Merge(transaction, sensor, to),
            _ => Release(transaction, to),
        };
        return refusal is not null ? refusal : transaction.Storage.Context.Extent(change.Kind == SensorChangeKind.Release ? sensorId : to)!;
    }

    private SensorExtent Delete(PipelineTransaction transaction, SensorState sensor)
    {
        var extent = transaction.Storage.Context.Extent(sensorId)!;
        transaction.EndAlerts(sensor, Actor.Name, _reason, AlertCause.Of(TransitionCause.SensorDeleted), At);
        transaction.Delete(sensor);
        return extent;
    }

    private Refusal? Rename(PipelineTransaction transaction, SensorState sensor, string to)
    {
        if (Taken(transaction, to) is { } taken)
            return taken;
        transaction.Rename(sensor, to, SensorRows.Of(sensor), Actor.Name, At);
        return null;
    }

    private Refusal? HandOver(PipelineTransaction transaction, SensorState sensor, string to)
    {
        if (to == sensorId)
            return Refusal.Of(RefusalCode.SensorIdTaken, to, to);
        var successor = transaction.State.Sensors.GetValueOrDefault(to);
        if (successor is null && Taken(transaction, to) is { } taken)
            return taken;

        var since = successor is null ? At : transaction.Storage.Readings.First(successor.Stored) ?? successor.Latest.Timestamp;
        var row = SensorRows.Of(successor ?? sensor);
        row.Labels = Labels(sensor, successor);
        if (row.RunLevel is null && sensor.RunLevel is { } runs)
            (row.RunLevel, row.RunLevelUnit) = (runs.Level, runs.Unit);
        if (successor?.Baseline is null && sensor.Baseline is { } baseline)
            SetBaseline(row, baseline, (successor ?? sensor).Latest.Unit, since);
        if (successor is null)
        {
            End(transaction, sensor, to);
            transaction.Rename(sensor, to, row, Actor.Name, At);
        }
        else if (Join(transaction, sensor, successor, row, since) is { } refusal)
        {
            return refusal;
        }

        Mark(transaction, to, since, NoteKind.MaintenanceDone, $"Sensor {sensorId} replaced by {to}. {_reason}");
        return null;
    }

    // The successor's own baseline comes first. What the old sensor learned is not true of the new one.
    private void SetBaseline(SensorRow row, Baseline former, string unit, DateTimeOffset since)
    {
        row.BaselineSource = former.Source;
        (row.BaselineReadings, row.BaselineRunLevel) = (null, null);
        (row.Baseline, row.BaselineDeviation, row.BaselineUnit, row.BaselineAt, row.BaselineBy) = former.Source == BaselineSource.Learned
            ? (null, null, unit, since, Actor.Name)
            : (former.Level, former.Deviation, former.Unit, former.At, former.By);
    }

    private Refusal? Merge(PipelineTransaction transaction, SensorState sensor, string to)
    {
        if (to == sensorId)
            return Refusal.Of(RefusalCode.SensorIdTaken, to, to);
        if (!transaction.State.Sensors.TryGetValue(to, out var other))
            return Refusal.Of(RefusalCode.SensorUnknown, to);
        var row = SensorRows.Of(other);
        row.Labels = Labels(sensor, other);
        if (Join(transaction, sensor, other, row) is { } refusal)
            return refusal;
        Mark(transaction, to, At, NoteKind.Remark, $"Sensor {sensorId} merged into {to}. {_reason}");
        return null;
    }

    private Refusal? Release(PipelineTransaction transaction, string alias)
    {
        if (transaction.State.Aliases.GetValueOrDefault(alias) != sensorId)
            return Refusal.Of(RefusalCode.FormerIdUnknown, alias);
        transaction.State.Aliases.Remove(alias);
        transaction.Storage.Context.SensorAliases.Where(row => row.Alias == alias).ExecuteDelete();
        return null;
    }

    private Refusal? Join(PipelineTransaction transaction, SensorState sensor, SensorState other, SensorRow row, DateTimeOffset? since = null)
    {
        if (VibrationUnit.WhyNotComparable(sensor.Latest.Unit, other.Latest.Unit) is not null)
            return Refusal.Of(RefusalCode.UnitsNotComparable, sensor.Latest.Unit, other.Latest.Unit);
        if (!transaction.CanJoin(sensor, other))
            return Refusal.Of(RefusalCode.TooManyReadingsToMove, SensorExtent.MaximumMoved);
        End(transaction, sensor, other.SensorId);
        transaction.Join(sensor, other, row, Actor.Name, At, since);
        return null;
    }

    private void End(PipelineTransaction transaction, SensorState sensor, string to) =>
        transaction.EndAlerts(sensor, Actor.Name, _reason, AlertCause.Of(TransitionCause.SensorJoined, to), At);

    private void Mark(PipelineTransaction transaction, string to, DateTimeOffset since, NoteKind kind, string text) =>
        transaction.WriteNote(NoteAction.Added, new(transaction.NextNoteId(), to, since, null, kind, text[..Math.Min(text.Length, Note.MaximumTextLength)], Actor.Name, At), Actor.Name, At);

    private Refusal? Taken(PipelineTransaction transaction, string to) =>
        transaction.State.Sensors.ContainsKey(to) || transaction.State.Awaited.ContainsKey(to) ? Refusal.Of(RefusalCode.SensorIdTaken, to, to)
        : transaction.State.Aliases.TryGetValue(to, out var present) && present != sensorId ? Refusal.Of(RefusalCode.SensorIdTaken, to, transaction.State.Holds(Actor, present) ? present : to)
        : null;

    private static string? Labels(SensorState sensor, SensorState? other)
    {
        string[] labels = [.. (other?.Labels ?? []).Concat(sensor.Labels).Distinct(StringComparer.OrdinalIgnoreCase).Take(SensorSettings.MaximumLabels)];
        return labels.Length == 0 ? null : string.Join('\n', labels);
    }
}
