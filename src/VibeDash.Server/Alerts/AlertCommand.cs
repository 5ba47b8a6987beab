using VibeDash.Core.Contract;
using VibeDash.Server.Pipeline;

namespace VibeDash.Server.Alerts;

/// <summary>What a person does to alerts, on its way through the event loop, which is the only one to change them.</summary>
/// <param name="action">What they do; without fault.</param>
/// <param name="at">Server time at which they asked for it.</param>
internal sealed class AlertCommand(AlertAction action, DateTimeOffset at) : Command<AlertResult[]>
{
    /// <summary>What they do.</summary>
    public AlertAction Action => action;

    /// <summary>Server time at which they asked for it.</summary>
    public DateTimeOffset At => at;
}
