using VibeDash.Core.Alerts;
using VibeDash.Core.Readings;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Storage;
using VibeDash.Server.Storage.Segments;

namespace VibeDash.Server.Sensors;

/// <summary>What the stored readings of a sensor are evaluated with, as of one commit. Immutable.</summary>
/// <param name="Key">Its key in the database.</param>
/// <param name="SensorId">The sensor.</param>
/// <param name="Unit">Its present unit.</param>
/// <param name="To">Event time of its latest reading.</param>
/// <param name="Rules">The rules that apply.</param>
/// <param name="Baseline">Its baseline; null when the one it sends is in force.</param>
/// <param name="CalibrationDate">Date of its last calibration, or null.</param>
/// <param name="Machine">The reported states of its machine.</param>
internal sealed record PastInputs(
    int Key, string SensorId, string Unit, DateTimeOffset To, SensorRule[] Rules, Baseline? Baseline, DateOnly? CalibrationDate, MachineHistory Machine)
{
    /// <summary>The inputs for a sensor.</summary>
    public static PastInputs Of(SensorState sensor) => new(
        sensor.Stored.Key,
        sensor.SensorId,
        sensor.Latest.Unit,
        sensor.Latest.Timestamp,
        [.. sensor.Watch.Rules],
        sensor.Baseline,
        sensor.Facts.CalibrationDate,
        sensor.Machine?.History ?? MachineHistory.Empty);

    /// <summary>A stored reading for evaluation, in the present unit; null when it cannot be converted to that.</summary>
    public EvaluatedReading? ToEvaluate(ReadingColumns readings, int index)
    {
        var at = UnixMicroseconds.To(readings.Timestamps[index]);
        if (new Reading(SensorId, at, "", readings.Levels[index], readings.Baselines[index], readings.Units[index]).In(Unit) is not { } reading)
            return null;
        var machine = Machine.At(at);
        return new(reading, SensorState.BaselineOf(Baseline, reading), CalibrationDate, machine.Runs, machine.Since);
    }
}
