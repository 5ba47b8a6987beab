namespace VibeDash.Core.Alerts;

/// <summary>Tracks raises and clears of one sensor's alerts, by kind. Not thread-safe.</summary>
/// <param name="limit">The chattering limit.</param>
internal sealed class ChatterLogs(ChatteringLimit limit)
{
    private readonly Dictionary<ConditionKind, ChatterLog> _logs = [];

    /// <summary>Tracks the levels of an evaluated reading.</summary>
    public void Follow(SensorEvaluator evaluate)
    {
        foreach (var (kind, log) in _logs)
        {
            if (!evaluate.Holds(kind) && evaluate.Value(kind) is var value && !double.IsNaN(value))
                log.Follow(value, kind == ConditionKind.LevelBelow);
        }
    }

    /// <summary>Records a journal entry. Only current readings count; silences and late-arriving readings do not chatter.</summary>
    /// <returns>The chattering, or null.</returns>
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
