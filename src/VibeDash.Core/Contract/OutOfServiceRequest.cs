using VibeDash.Core.Faults;

namespace VibeDash.Core.Contract;

/// <summary>A request to take a sensor or a machine out of service.</summary>
/// <param name="SensorId">The sensor; null for a machine.</param>
/// <param name="Machine">The complete location of the machine; null for a sensor.</param>
/// <param name="Reason">The reason.</param>
/// <param name="ExpectedEnd">When it is expected back; null when unknown.</param>
public sealed record OutOfServiceRequest(string? SensorId, string? Machine, string Reason, DateTimeOffset? ExpectedEnd)
{
    /// <summary>The first fault; null when there is none.</summary>
    /// <param name="now">The server's clock.</param>
    public FieldFault? Fault(DateTimeOffset now) => this switch
    {
        _ when string.IsNullOrWhiteSpace(SensorId) == string.IsNullOrWhiteSpace(Machine) => FieldFault.Of("sensorId", FaultCode.SubjectAmbiguous),
        _ when string.IsNullOrWhiteSpace(Reason) || Reason.Length > AlertAction.MaximumNoteLength =>
            FieldFault.Of("reason", FaultCode.LengthOutOfRange, AlertAction.MaximumNoteLength),
        _ when PlainText.HasControl(Reason) => FieldFault.Of("reason", FaultCode.TextControl),

        // As in the locations that sensors send.
        _ when PlainText.HasControlInLines(Machine) => FieldFault.Of("machine", FaultCode.TextControl),
        { ExpectedEnd: { } end } when end <= now => FieldFault.Of("expectedEnd", FaultCode.NotInFuture),
        _ => null,
    };
}
