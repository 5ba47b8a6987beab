using VibeDash.Core.Contract;
using VibeDash.Core.Readings;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Sensors;

/// <summary>Changes labels, baseline and run level of a sensor. The result is the settings as stored.</summary>
/// <param name="sensorId">The sensor. One that has not sent anything yet can be told to learn its baseline.</param>
/// <param name="settings">The settings, validated.</param>
/// <param name="actor">The person.</param>
/// <param name="at">Server time of the request.</param>
internal sealed class SetSensorCommand(string sensorId, SensorSettings settings, Actor actor, DateTimeOffset at) : AnswerCommand<SensorSettings>(actor, at)
{
    // Stored levels in which standstill is looked for.
    private static readonly TimeSpan History = TimeSpan.FromDays(90);

    /// <inheritdoc/>
    protected override string? Subject => sensorId;

    /// <inheritdoc/>
    protected override Answer<SensorSettings> Execute(PipelineTransaction transaction)
    {
        if (!transaction.State.Holds(Actor, sensorId))
            return Refusal.Of(RefusalCode.SensorUnknown, sensorId);
        if (!transaction.State.Sensors.TryGetValue(sensorId, out var sensor))
            return Await(transaction);
        if (settings is { BaselineSource: BaselineSource.Manual, Baseline: { } baseline } && settings.Confirmed != true && FarFromMedian(transaction, sensor, baseline) is { } far)
            return far;

        var before = SettingsOf(sensor);
        if (settings.Labels is not null)
            sensor.Labels = Labels;
        if (settings.RunLevel is { } runLevel)
            sensor.RunLevel = runLevel > 0 ? new(runLevel, sensor.Latest.Unit) : null;
        if (settings.BaselineSource is { } source)
            SetBaseline(transaction, sensor, source);

        transaction.Storage.Update(sensor);
        transaction.Changes.SetDetails(sensor);
        transaction.Alerts.ChangeRules(sensor, At, always: true, by: Actor.Name);
        Replaces(before, SettingsOf(sensor), DashboardJson.Default.SensorSettings);
        return settings with { Labels = [.. sensor.Labels] };
    }

    private static SensorSettings SettingsOf(SensorState sensor) => new()
    {
        Labels = [.. sensor.Labels], BaselineSource = sensor.Baseline?.Source, Baseline = sensor.Baseline?.Level, RunLevel = sensor.RunLevel?.Level,
    };

    private string[] Labels => [.. (settings.Labels ?? []).Select(label => label.Trim()).Distinct(StringComparer.OrdinalIgnoreCase)];

    private void SetBaseline(PipelineTransaction transaction, SensorState sensor, BaselineSource source)
    {
        var from = settings.LearnFrom ?? sensor.Latest.Timestamp;
        sensor.Baseline = source switch
        {
            BaselineSource.Manual => new(source, settings.Baseline, sensor.Latest.Unit, At, Actor.Name),
            BaselineSource.Learned => new(source, null, sensor.Latest.Unit, from, Actor.Name)
            {
                Demand = settings.Demand,
                RunLevel = sensor.Machine is null && sensor.RunLevel is null ? RunLevelIn(transaction, sensor, from) : null,
            },
            _ => null,
        };
        sensor.StartLearning();
        if (sensor.Learner is null)
            return;
        foreach (var reading in transaction.Storage.Readings.Between(sensor.Stored, from, sensor.Latest.Timestamp, LateReadings.Maximum))
        {
            if (sensor.Learn(reading))
                return;
        }
    }

    // Without it, a machine that stood still at first would be learned at standstill.
    private static double? RunLevelIn(PipelineTransaction transaction, SensorState sensor, DateTimeOffset from)
    {
        var (latest, earliest) = (sensor.Latest.Timestamp, sensor.Latest.Timestamp - History);
        var stored = transaction.Storage.Readings.Between(sensor.Stored, from < earliest ? from : earliest, latest, LateReadings.Maximum);
        return RunLevelProposal.Of(sensor.Latest.Unit, [.. stored.Where(reading => reading.Unit == sensor.Latest.Unit).Select(reading => reading.Level)]).RunLevel;
    }

    // Of its last day, of the running machine unless it did not run.
    private static Refusal? FarFromMedian(PipelineTransaction transaction, SensorState sensor, double baseline)
    {
        var latest = sensor.Latest;
        Reading[] day =
        [
            .. transaction.Storage.Readings.Between(sensor.Stored, latest.Timestamp.AddDays(-1), latest.Timestamp, LateReadings.Maximum).Where(reading => reading.Unit == latest.Unit),
        ];
        if (day.Length == 0)
            return null;
        Reading[] running = [.. day.Where(sensor.IsRunning)];
        var median = BaselineLearner.Median((running.Length == 0 ? day : running).Select(reading => reading.Level));
        return baseline < 0.5 * median || baseline > 2 * median
            ? Refusal.Of(RefusalCode.BaselineUnconfirmed, baseline, median.ToString("G4", System.Globalization.CultureInfo.InvariantCulture), latest.Unit)
            : null;
    }

    private Answer<SensorSettings> Await(PipelineTransaction transaction)
    {
        var state = transaction.State;
        if (settings is not { BaselineSource: BaselineSource.Learned, RunLevel: null } || !SensorId.IsValid(sensorId) || state.Aliases.ContainsKey(sensorId))
            return Refusal.Of(RefusalCode.SensorUnknown, sensorId);
        if (!state.Awaited.TryGetValue(sensorId, out var known) && !transaction.Readings.HasRoom)
            return Refusal.Of(RefusalCode.TooManySensors, transaction.Readings.MaximumSensors);

        // The unit is that of the first reading, and without a time it is learned from that reading on.
        var row = new SensorRow
        {
            Key = known?.Key ?? ++state.LastSensorKey,
            SensorId = sensorId,
            Location = "",
            Labels = settings.Labels is null ? known?.Labels : Labels.Length == 0 ? null : string.Join('\n', Labels),
            BaselineSource = BaselineSource.Learned,
            BaselineUnit = "",
            BaselineAt = settings.LearnFrom ?? DateTimeOffset.UnixEpoch,
            BaselineBy = Actor.Name,
            LearnReadings = settings.Demand.Readings,
            LearnHours = settings.Demand.Hours,
        };
        if (known is null)
            transaction.Storage.Changes().Sensors.Add(row);
        else
            transaction.Storage.Update(row);
        state.Awaited[sensorId] = row;
        return settings with { Labels = row.StoredLabels() };
    }
}
