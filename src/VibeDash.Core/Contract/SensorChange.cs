using VibeDash.Core.Faults;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Contract;

/// <summary>A person's change of what a sensor is.</summary>
/// <param name="Kind">The change.</param>
/// <param name="To">The other id: the new one, that of the successor, that of the sensor it becomes part of, or the former one to release. Null to delete.</param>
/// <param name="Reason">Why; at most <see cref="AlertAction.MaximumNoteLength"/> characters.</param>
public sealed record SensorChange(SensorChangeKind Kind, string? To, string? Reason)
{
    /// <summary>The first fault; null when there is none.</summary>
    public FieldFault? Fault() => this switch
    {
        { Kind: not SensorChangeKind.Delete } when !SensorId.IsValid(To) => FieldFault.Of("to", FaultCode.SensorIdInvalid, SensorId.MaximumLength),
        _ when string.IsNullOrWhiteSpace(Reason) || Reason.Length > AlertAction.MaximumNoteLength =>
            FieldFault.Of("reason", FaultCode.LengthOutOfRange, AlertAction.MaximumNoteLength),
        _ when PlainText.HasControl(Reason) => FieldFault.Of("reason", FaultCode.TextControl),
        _ => null,
    };
}
