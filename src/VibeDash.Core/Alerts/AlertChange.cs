namespace VibeDash.Core.Alerts;

/// <summary>A journal entry together with the alert as it is after it.</summary>
/// <param name="Transition">The journal entry.</param>
/// <param name="Alert">The alert after it.</param>
public sealed record AlertChange(AlertTransition Transition, Alert Alert);
