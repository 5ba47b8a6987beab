using VibeDash.Core.Alerts;

namespace VibeDash.Core.Contract;

/// <summary>What came of a person's action on an alert.</summary>
/// <param name="Alert">The alert as it is now; null when there is none of that id.</param>
/// <param name="Refusal">Why nothing was done; null when it was done.</param>
public sealed record AlertResult(Alert? Alert, Refusal? Refusal = null);
