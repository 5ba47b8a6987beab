using VibeDash.Core.Faults;

namespace VibeDash.Core.Alerts;

/// <summary>A rule is evaluated only while the machine runs. Exactly one of the two says how that is known.</summary>
/// <param name="RunLevel">The machine runs while the sensor's level is above this, in <paramref name="Unit"/>; null when it is not known by the level.</param>
/// <param name="Unit">Unit of <paramref name="RunLevel"/>.</param>
/// <param name="UsesMachineState">The machine runs while its state topic says so; it runs, too, while that has not said anything.</param>
public sealed record RunGate(double? RunLevel, string? Unit, bool UsesMachineState = false)
{
    /// <summary>All faults; the fields are those of a rule.</summary>
    public IEnumerable<FieldFault> Faults()
    {
        if (RunLevel is null != UsesMachineState)
            yield return FieldFault.Of("gate", FaultCode.GateAmbiguous);
        if (RunLevel is { } level && (!double.IsFinite(level) || level < 0))
            yield return FieldFault.Of("gate.runLevel", FaultCode.RunLevelInvalid);
        if (RunLevel is not null && string.IsNullOrWhiteSpace(Unit))
            yield return FieldFault.Of("gate.unit", FaultCode.RunUnitMissing);
    }

    /// <summary>The first fault; null when there is none.</summary>
    public FieldFault? Fault() => Faults().FirstOrDefault();
}
