namespace VibeDash.Core.Contract;

/// <summary>A sensor or a machine is to be taken out of service.</summary>
/// <param name="SensorId">The sensor, or null when it is a machine.</param>
/// <param name="Machine">The machine by its whole location, or null when it is a sensor.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who.</param>
/// <param name="ExpectedEnd">When it is expected back, or null when nobody knows.</param>
public sealed record OutOfServiceRequest(string? SensorId, string? Machine, string Reason, string By, DateTimeOffset? ExpectedEnd)
{
    /// <summary>What is wrong with it, in one sentence, or null when nothing is.</summary>
    /// <param name="now">The server's clock.</param>
    public string? Fault(DateTimeOffset now) => this switch
    {
        _ when string.IsNullOrWhiteSpace(SensorId) == string.IsNullOrWhiteSpace(Machine) => "Name either 'sensorId' or 'machine'.",
        _ when AlertAction.NameFault(By) is { } fault => fault,
        _ when string.IsNullOrWhiteSpace(Reason) || Reason.Length > AlertAction.MaximumNoteLength => $"'reason' must have 1 to {AlertAction.MaximumNoteLength} characters.",
        { ExpectedEnd: { } end } when end <= now => "'expectedEnd' must be in the future.",
        _ => null,
    };
}
