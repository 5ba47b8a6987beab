namespace VibeDash.Client.Alerts;

/// <summary>What a person has allowed in this browser.</summary>
/// <param name="Sound">Sound.</param>
/// <param name="Notifications">Notifications.</param>
public sealed record SignalChoice(bool Sound, bool Notifications);
