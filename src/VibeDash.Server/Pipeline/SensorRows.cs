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
    };

    /// <summary>Updates a stored sensor.</summary>
    public static void Update(this StorageSession storage, SensorState sensor)
    {
        var sensors = storage.Changes().Sensors;
        if (sensors.Local.FindEntry(sensor.Stored.Key) is { } tracked)
            tracked.CurrentValues.SetValues(Of(sensor));
        else
            sensors.Update(Of(sensor));
    }
}
