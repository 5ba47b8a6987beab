namespace VibeDash.Core.Alerts;

/// <summary>How often the alerts of one sensor come and go, by their kind. Not thread-safe.</summary>
/// <param name="limit">From when on that is chattering.</param>
internal sealed class ChatterLogs(ChatteringLimit limit)
{
    private readonly Dictionary<ConditionKind, ChatterLog> _logs = [];

    /// <summary>Follows the levels of a reading that has been evaluated.</summary>
    public void Follow(SensorEvaluator evaluate)
    {
        foreach (var (kind, log) in _logs)
        {
            if (!evaluate.Holds(kind) && evaluate.Value(kind) is var value && !double.IsNaN(value))
                log.Follow(value, kind == ConditionKind.LevelBelow);
        }
    }

    /// <summary>Takes in an entry of the journal. Of what readings of now say; silences and what came late do not chatter.</summary>
    /// <returns>What there is of chattering, or null.</returns>
    public Chattering? Follow(ConditionKind kind, AlertTransition transition)
    {
        if (transition is not { Evaluation: { } evaluation, IsBackfilled: false } || kind == ConditionKind.NoData
            || transition.Trigger is not (AlertTrigger.Raised or AlertTrigger.Cleared))
            return null;

        if (!_logs.TryGetValue(kind, out var log))
            _logs[kind] = log = new(limit);
        if (transition.Trigger == AlertTrigger.Raised)
            return log.Raised(transition.At, evaluation.Threshold);
        log.Cleared(transition.At, evaluation.Level);
        return null;
    }
}
