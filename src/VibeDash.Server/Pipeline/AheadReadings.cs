using VibeDash.Core.Readings;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Pipeline;

/// <summary>
/// Readings ahead of the clock: stored like all others, and evaluated when the clock of their sensor reaches them. Only where they begin is kept: they
/// are all stored readings after the latest one.
/// </summary>
internal sealed class AheadReadings(PipelineState state, StorageSession storage, ChangeSet changes, AlertEvaluation alerts)
{
    /// <summary>The sensors with a reading that their clock has reached.</summary>
    /// <param name="now">Server time.</param>
    public SensorState[] Due(DateTimeOffset now) =>
        state.Waiting.Count == 0 ? [] : [.. state.Waiting.Where(sensor => sensor.Clock.HasReached(sensor.WaitingFrom!.Value, now))];

    /// <summary>A reading waits.</summary>
    /// <param name="sensor">The sensor.</param>
    /// <param name="timestamp">Event time of the reading.</param>
    /// <param name="now">Server time.</param>
    public void Wait(SensorState sensor, DateTimeOffset timestamp, DateTimeOffset now)
    {
        var (first, lead) = (sensor.WaitingFrom, timestamp - now);
        WaitFrom(sensor, first < timestamp ? first : timestamp);
        sensor.WaitingLead = first is not null && sensor.WaitingLead > lead ? sensor.WaitingLead : lead;
    }

    /// <summary>Takes the waiting readings up to a time, oldest first, at most <see cref="LateReadings.Maximum"/>.</summary>
    public IReadOnlyList<Reading> Take(SensorState sensor, DateTimeOffset until)
    {
        var taken = storage.Readings.Between(sensor.Stored, sensor.WaitingFrom!.Value, until, LateReadings.Maximum);
        WaitFrom(sensor, storage.Readings.NextAfter(sensor.Stored, taken.Count == LateReadings.Maximum ? taken[^1].Timestamp : until));
        return taken;
    }

    /// <summary>
    /// The sensor's clock is slower than it seemed: makes a reading the latest one, to be evaluated next. Those after it wait, and no alert that they
    /// raised ends before their time.
    /// </summary>
    /// <param name="sensor">The sensor.</param>
    /// <param name="reading">The reading.</param>
    /// <param name="now">Server time.</param>
    public void StepBack(SensorState sensor, Reading reading, DateTimeOffset now)
    {
        var latest = sensor.Latest.Timestamp;
        if (latest > sensor.EvaluatedUntil)
            sensor.EvaluatedUntil = latest;
        Wait(sensor, latest, now);
        WaitFrom(sensor, storage.Readings.NextAfter(sensor.Stored, reading.Timestamp));
        sensor.Latest = reading;
        alerts.RecountBefore(sensor);
    }

    /// <summary>Shows how far the sensor's clock is ahead or behind, when that has changed.</summary>
    public void ShowOffset(SensorState sensor)
    {
        if ((sensor.ClockOffset - sensor.ShownOffset).Duration() <= SensorClock.Tolerance)
            return;
        sensor.ShownOffset = sensor.ClockOffset;
        changes.SetDetails(sensor);
    }

    private void WaitFrom(SensorState sensor, DateTimeOffset? first)
    {
        if (sensor.WaitingFrom == first)
            return;
        sensor.WaitingFrom = first;
        storage.Update(sensor);
        if (first is null)
            state.Waiting.Remove(sensor);
        else
            state.Waiting.Add(sensor);
    }
}
