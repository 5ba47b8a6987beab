namespace VibeDash.Core.Alerts;

/// <summary>An alert that was raised again and again within a short time: its rule is set too finely for what the machine does.</summary>
/// <param name="Cycles">How often it was raised within the time of the <see cref="ChatteringLimit"/>.</param>
/// <param name="Deadband">How far the recovery threshold would have to lie from the threshold to have kept it raised all the time, in the alert's unit.</param>
/// <param name="Delay">The recovery delay that would have kept it raised all the time.</param>
public sealed record Chattering(int Cycles, double Deadband, TimeSpan Delay);
