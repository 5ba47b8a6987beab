using VibeDash.Core.Alerts;

namespace VibeDash.Core.Contract;

/// <summary>The result of a person's action on an alert.</summary>
/// <param name="Alert">The alert after the action; null when no alert has that id.</param>
/// <param name="Refusal">Why the action was refused; null when it was applied.</param>
public sealed record AlertResult(Alert? Alert, Refusal? Refusal = null);
