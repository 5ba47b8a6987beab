namespace VibeDash.Core.Alerts;

/// <summary>
/// Evaluates the stored readings of a sensor from the first one on, as if they arrived now: the rules and the baseline in force today, each reading with
/// the machine state of its own time. Silences and clocks are not evaluated: what was missed, and when a reading arrived, is not stored. Not thread-safe.
/// </summary>
/// <param name="rules">The rules that apply to the sensor.</param>
public sealed class PastEvaluator(SensorRule[] rules)
{
    // A severity that flutters for longer is not told in more detail.
    private const int MaximumFindings = 1000;

    private readonly SensorEvaluator _evaluator = new(rules);
    private readonly List<Finding> _findings = new(1);
    private readonly Dictionary<ConditionKind, List<Finding>> _open = [];

    /// <summary>The findings of each condition that has ended, from the one that raised it to the one that ended it; the caller removes those it has recorded.</summary>
    public List<Finding[]> Over { get; } = [];

    /// <summary>Event time at which the first of the conditions that still hold was raised; null when none holds.</summary>
    public DateTimeOffset? HoldsSince => _open.Count == 0 ? null : _open.Values.Min(findings => findings[0].At);

    /// <summary>Evaluates the next reading.</summary>
    /// <param name="evaluated">Not older than the previous one.</param>
    public void Evaluate(in EvaluatedReading evaluated)
    {
        _evaluator.Evaluate(evaluated, _findings);
        foreach (var finding in _findings)
            Take(finding);
        _findings.Clear();
    }

    private void Take(in Finding finding)
    {
        var kind = finding.Rule.Kind;
        if (!_open.TryGetValue(kind, out var findings))
            _open[kind] = findings = [];
        if (findings.Count < MaximumFindings || finding.Kind == FindingKind.Ended)
            findings.Add(finding);
        if (finding.Kind != FindingKind.Ended)
            return;
        Over.Add([.. findings]);
        _open.Remove(kind);
    }
}
