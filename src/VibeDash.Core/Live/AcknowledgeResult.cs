using VibeDash.Core.Alerts;

namespace VibeDash.Core.Live;

/// <summary>How an acknowledgement ended.</summary>
/// <param name="Alert">The alert as it is now; null when there is none of that id.</param>
/// <param name="Fault">Why it was not acknowledged, in one sentence; null when it was.</param>
public sealed record AcknowledgeResult(Alert? Alert, string? Fault);
