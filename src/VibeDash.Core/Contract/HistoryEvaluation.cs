namespace VibeDash.Core.Contract;

/// <summary>An evaluation of a sensor's stored readings, under way or ended. Immutable.</summary>
/// <param name="SensorId">The sensor.</param>
/// <param name="By">The person who started it.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="EndedAt">When it ended; null while it is under way.</param>
/// <param name="Total">Approximate number of readings to evaluate.</param>
/// <param name="Readings">Number of readings evaluated so far.</param>
/// <param name="Backfilled">Number of alerts found that are over and were not on record.</param>
/// <param name="Raised">Number of alerts found to hold now and raised.</param>
/// <param name="Fault">Why it ended early; what was found until then is on record. Null when it did not end early.</param>
public sealed record HistoryEvaluation(
    string SensorId,
    string By,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    long Total,
    long Readings = 0,
    int Backfilled = 0,
    int Raised = 0,
    RunFault? Fault = null)
{
    /// <summary>Maximum number of alerts recorded by one evaluation: a rule that finds more is not fit for the sensor.</summary>
    public const int MaximumAlerts = 1000;
}
