using VibeDash.Core.Readings;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Pipeline;

/// <summary>Conversion of sensors to rows.</summary>
internal static class SensorRows
{
    /// <summary>The row for the current state of a sensor.</summary>
    public static SensorRow Of(SensorState sensor) => new()
    {
        Key = sensor.Stored.Key,
        SensorId = sensor.SensorId,
        Location = sensor.Facts.Location,
        Model = sensor.Facts.Model,
        CalibrationDate = sensor.Facts.CalibrationDate,
        Source = sensor.Facts.Source,
        Version = sensor.Facts.Version,
        Sender = sensor.Sender?.Name,
        OfflineSince = sensor.OfflineSince,
        WaitingFrom = sensor.WaitingFrom,
        Labels = sensor.Labels.Count == 0 ? null : string.Join('\n', sensor.Labels),
        BaselineSource = sensor.Baseline?.Source,
        Baseline = sensor.Baseline?.Level,
        BaselineDeviation = sensor.Baseline?.Deviation,
        BaselineUnit = sensor.Baseline?.Unit,
        BaselineAt = sensor.Baseline?.At,
        BaselineBy = sensor.Baseline?.By,
        BaselineReadings = sensor.Baseline?.Readings,
        BaselineRunLevel = sensor.Baseline?.RunLevel,
        LearnReadings = sensor.Baseline?.Demand?.Readings,
        LearnHours = sensor.Baseline?.Demand?.Hours,
        RunLevel = sensor.RunLevel?.Level,
        RunLevelUnit = sensor.RunLevel?.Unit,
    };

    /// <summary>The labels in a row.</summary>
    public static string[] StoredLabels(this SensorRow row) => row.Labels?.Split('\n') ?? [];

    /// <summary>The baseline in a row, or null.</summary>
    public static Baseline? StoredBaseline(this SensorRow row) => row.BaselineSource is { } source
        ? new(source, row.Baseline, row.BaselineUnit!, row.BaselineAt!.Value, row.BaselineBy)
        {
            Deviation = row.BaselineDeviation,
            Readings = row.BaselineReadings,
            RunLevel = row.BaselineRunLevel,
            Demand = row is { LearnReadings: { } readings, LearnHours: { } hours } ? new(readings, hours) : null,
        }
        : null;

    /// <summary>The run level in a row, or null.</summary>
    public static RunLevel? StoredRunLevel(this SensorRow row) => row.RunLevel is { } level ? new(level, row.RunLevelUnit!) : null;

    /// <summary>Updates a stored sensor.</summary>
    public static void Update(this StorageSession storage, SensorState sensor) => storage.Update(Of(sensor));

    /// <inheritdoc cref="Update(StorageSession, SensorState)"/>
    public static void Update(this StorageSession storage, SensorRow row)
    {
        var sensors = storage.Changes().Sensors;
        if (sensors.Local.FindEntry(row.Key) is { } tracked)
            tracked.CurrentValues.SetValues(row);
        else
            sensors.Update(row);
    }
}
