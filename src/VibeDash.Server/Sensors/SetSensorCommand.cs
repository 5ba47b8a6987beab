using VibeDash.Core.Contract;
using VibeDash.Core.Readings;
using VibeDash.Server.Pipeline;

namespace VibeDash.Server.Sensors;

/// <summary>Changes labels and baseline of a sensor. The result is the settings as stored.</summary>
/// <param name="sensorId">The sensor.</param>
/// <param name="settings">The settings, validated.</param>
/// <param name="actor">The person.</param>
/// <param name="at">Server time of the request.</param>
internal sealed class SetSensorCommand(string sensorId, SensorSettings settings, Actor actor, DateTimeOffset at) : AnswerCommand<SensorSettings>(actor, at)
{
    /// <inheritdoc/>
    protected override string? Subject => sensorId;

    /// <inheritdoc/>
    protected override Answer<SensorSettings> Execute(PipelineTransaction transaction)
    {
        if (!transaction.State.Sensors.TryGetValue(sensorId, out var sensor))
            return Refusal.Of(RefusalCode.SensorUnknown, sensorId);

        if (settings.Labels is { } labels)
            sensor.Labels = [.. labels.Select(label => label.Trim()).Distinct(StringComparer.OrdinalIgnoreCase)];
        if (settings.BaselineSource is { } source)
            SetBaseline(transaction, sensor, source);

        transaction.Storage.Update(sensor);
        transaction.Changes.SetDetails(sensor);
        transaction.Alerts.ChangeRules(sensor, At, always: true, by: Actor.Name);
        return settings with { Labels = [.. sensor.Labels] };
    }

    private void SetBaseline(PipelineTransaction transaction, SensorState sensor, BaselineSource source)
    {
        sensor.Baseline = source switch
        {
            BaselineSource.Manual => new(source, settings.Baseline, sensor.Latest.Unit, At, Actor.Name),
            BaselineSource.Learned => new(source, null, sensor.Latest.Unit, settings.LearnFrom ?? sensor.Latest.Timestamp, Actor.Name),
            _ => null,
        };
        sensor.Learner = sensor.Baseline is { IsLearning: true } ? new() : null;
        if (sensor.Learner is null)
            return;
        foreach (var reading in transaction.Storage.Readings.Between(sensor.Stored, sensor.Baseline!.At, sensor.Latest.Timestamp, LateReadings.Maximum))
            sensor.Learn(reading);
    }
}
