namespace VibeDash.Core.Alerts;

/// <summary>An alert that was raised repeatedly within a short time: its rule is too sensitive for the machine.</summary>
/// <param name="Cycles">Number of raises within the period of the <see cref="ChatteringLimit"/>.</param>
/// <param name="Deadband">Distance of the recovery threshold from the threshold that would have kept it raised throughout, in the alert's unit.</param>
/// <param name="Delay">Off-delay that would have kept it raised throughout.</param>
public sealed record Chattering(int Cycles, double Deadband, TimeSpan Delay);
