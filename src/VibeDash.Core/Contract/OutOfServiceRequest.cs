using VibeDash.Core.Faults;

namespace VibeDash.Core.Contract;

/// <summary>A sensor or a machine is to be taken out of service.</summary>
/// <param name="SensorId">The sensor, or null when it is a machine.</param>
/// <param name="Machine">The machine by its whole location, or null when it is a sensor.</param>
/// <param name="Reason">Why.</param>
/// <param name="ExpectedEnd">When it is expected back, or null when nobody knows.</param>
public sealed record OutOfServiceRequest(string? SensorId, string? Machine, string Reason, DateTimeOffset? ExpectedEnd)
{
    /// <summary>The first fault; null when there is none.</summary>
    /// <param name="now">The server's clock.</param>
    public FieldFault? Fault(DateTimeOffset now) => this switch
    {
        _ when string.IsNullOrWhiteSpace(SensorId) == string.IsNullOrWhiteSpace(Machine) => FieldFault.Of("sensorId", FaultCode.SubjectAmbiguous),
        _ when string.IsNullOrWhiteSpace(Reason) || Reason.Length > AlertAction.MaximumNoteLength =>
            FieldFault.Of("reason", FaultCode.LengthOutOfRange, AlertAction.MaximumNoteLength),
        { ExpectedEnd: { } end } when end <= now => FieldFault.Of("expectedEnd", FaultCode.NotInFuture),
        _ => null,
    };
}
