using VibeDash.Core.Faults;

namespace VibeDash.Core.Contract;

/// <summary>A request for another end of an out-of-service period.</summary>
/// <param name="ExpectedEnd">See <see cref="OutOfServiceRequest.ExpectedEnd"/>.</param>
public sealed record OutOfServiceExtension(DateTimeOffset? ExpectedEnd)
{
    /// <summary>The first fault; null when there is none.</summary>
    /// <param name="now">The server's clock.</param>
    public FieldFault? Fault(DateTimeOffset now) => OutOfServiceRequest.EndFault(ExpectedEnd, now);
}
