namespace VibeDash.Client.Alerts;

/// <summary>The signals allowed in this browser.</summary>
/// <param name="Sound">Sound.</param>
/// <param name="Notifications">Notifications.</param>
public sealed record SignalChoice(bool Sound, bool Notifications);
