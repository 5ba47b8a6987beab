namespace VibeDash.Core.Alerts;

/// <summary>A journal entry and the alert after it.</summary>
/// <param name="Transition">The journal entry.</param>
/// <param name="Alert">The alert after it.</param>
public sealed record AlertChange(AlertTransition Transition, Alert Alert);
