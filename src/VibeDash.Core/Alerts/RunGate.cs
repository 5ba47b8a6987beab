using VibeDash.Core.Faults;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Alerts;

/// <summary>Limits the evaluation of a rule to times when the machine runs. Exactly one of run level and machine state is the criterion.</summary>
/// <param name="RunLevel">The machine runs while the sensor's level is above this, in <paramref name="Unit"/>; null when the level is not the criterion.</param>
/// <param name="Unit">Unit of <paramref name="RunLevel"/>.</param>
/// <param name="UsesMachineState">The machine runs while its state topic reports it as running, and while no state has been reported.</param>
public sealed record RunGate(double? RunLevel, string? Unit, bool UsesMachineState = false)
{
    /// <summary>All faults; field names are relative to the rule.</summary>
    public IEnumerable<FieldFault> Faults()
    {
        if (RunLevel is null != UsesMachineState)
            yield return FieldFault.Of("gate", FaultCode.GateAmbiguous);
        if (RunLevel is { } level && !double.IsFinite(level))
            yield return FieldFault.Of("gate.runLevel", FaultCode.RunLevelInvalid);
        if (RunLevel is { } large && double.IsFinite(large) && Math.Abs(large) > Reading.MaximumLevel)
            yield return FieldFault.Of("gate.runLevel", FaultCode.NumberTooLarge, Reading.MaximumLevel);
        if (RunLevel is not null && string.IsNullOrWhiteSpace(Unit))
            yield return FieldFault.Of("gate.unit", FaultCode.RunUnitMissing);
    }

    /// <summary>The first fault; null when there is none.</summary>
    public FieldFault? Fault() => Faults().FirstOrDefault();
}
