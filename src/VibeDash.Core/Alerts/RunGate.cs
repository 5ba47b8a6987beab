namespace VibeDash.Core.Alerts;

/// <summary>A rule is evaluated only while the machine runs. Exactly one of the two says how that is known.</summary>
/// <param name="RunLevel">The machine runs while the sensor's level is above this, in <paramref name="Unit"/>; null when it is not known by the level.</param>
/// <param name="Unit">Unit of <paramref name="RunLevel"/>.</param>
/// <param name="UsesMachineState">The machine runs while its state topic says so; it runs, too, while that has not said anything.</param>
public sealed record RunGate(double? RunLevel, string? Unit, bool UsesMachineState = false)
{
    /// <summary>All that is wrong with it; the fields are those of a rule.</summary>
    public IEnumerable<RuleFault> Faults()
    {
        if (RunLevel is null != UsesMachineState)
            yield return new("gate", "A gate is either a run level or the machine's state.");
        if (RunLevel is { } level && (!double.IsFinite(level) || level < 0))
            yield return new("gate.runLevel", "The run level must be finite and not negative.");
        if (RunLevel is not null && string.IsNullOrWhiteSpace(Unit))
            yield return new("gate.unit", "Say in which unit the run level is.");
    }

    /// <summary>What is wrong with it, in one sentence, or null when nothing is.</summary>
    public string? Fault() => Faults().FirstOrDefault()?.Reason;
}
