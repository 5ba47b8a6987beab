using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;

namespace VibeDash.Server.Alerts;

/// <summary>Request body of the acknowledgement of one alert.</summary>
/// <param name="Note">The person's note, or null.</param>
/// <param name="Owner">The owner, or null.</param>
/// <param name="Until">When the acknowledgement expires, or null.</param>
internal sealed record AlertAcknowledgement(string? Note = null, string? Owner = null, DateTimeOffset? Until = null)
{
    /// <summary>The corresponding action.</summary>
    public AlertAction Of(long alertId) => new(AlertTrigger.Acknowledged) { AlertIds = [alertId], Note = Note, Owner = Owner, Until = Until };
}
