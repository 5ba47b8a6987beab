using VibeDash.Core.Alerts;
using VibeDash.Core.Faults;

namespace VibeDash.Core.Contract;

/// <summary>A request to take a sensor or a machine out of service.</summary>
/// <param name="SensorId">The sensor; null for a machine.</param>
/// <param name="Machine">The complete location of the machine; null for a sensor.</param>
/// <param name="Reason">The reason.</param>
/// <param name="ExpectedEnd">When it returns to service by itself; at most <see cref="OutOfService.MaximumDays"/> from now.</param>
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
        _ => EndFault(ExpectedEnd, now),
    };

    /// <summary>The fault of an end; null when there is none.</summary>
    /// <param name="end">The end.</param>
    /// <param name="now">The server's clock.</param>
    internal static FieldFault? EndFault(DateTimeOffset? end, DateTimeOffset now) => end switch
    {
        null => FieldFault.Of("expectedEnd", FaultCode.OutOfServiceEndMissing, OutOfService.MaximumDays),
        { } until when until <= now => FieldFault.Of("expectedEnd", FaultCode.NotInFuture),
        { } until when until > now.AddDays(OutOfService.MaximumDays) => FieldFault.Of("expectedEnd", FaultCode.OutOfServiceTooLong, OutOfService.MaximumDays),
        _ => null,
    };
}
