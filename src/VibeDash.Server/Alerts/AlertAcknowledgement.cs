using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;

namespace VibeDash.Server.Alerts;

/// <summary>The body of an acknowledgement of one alert.</summary>
/// <param name="Note">What they noted, or null.</param>
/// <param name="Owner">Who takes care of it, or null.</param>
/// <param name="Until">When the acknowledgement expires, or null.</param>
internal sealed record AlertAcknowledgement(string? Note = null, string? Owner = null, DateTimeOffset? Until = null)
{
    /// <summary>The action it is.</summary>
    public AlertAction Of(long alertId) => new(AlertTrigger.Acknowledged) { AlertIds = [alertId], Note = Note, Owner = Owner, Until = Until };
}
