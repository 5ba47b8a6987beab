using VibeDash.Core.Contract;
using VibeDash.Server.Pipeline;

namespace VibeDash.Server.Alerts;

/// <summary>Takes a sensor or machine out of service, or returns it.</summary>
/// <param name="request">What to take out, without fault; null to return one.</param>
/// <param name="returnId">Which to return.</param>
/// <param name="by">Who asked for it.</param>
/// <param name="at">Server time at which they did.</param>
internal sealed class OutOfServiceCommand(OutOfServiceRequest? request, long returnId, string by, DateTimeOffset at) : Command<OutOfServiceResult>
{
    /// <summary>What to take out of service; null to return one.</summary>
    public OutOfServiceRequest? Request => request;

    /// <summary>Which to return.</summary>
    public long ReturnId => returnId;

    /// <summary>Who asked for it.</summary>
    public string By => by;

    /// <summary>Server time at which they did.</summary>
    public DateTimeOffset At => at;
}
