namespace VibeDash.Core.Alerts;

/// <summary>A tier made ready for one sensor. A value is compared with <c>Factor × baseline + Threshold</c>, in the sensor's unit.</summary>
/// <param name="Severity">The severity.</param>
/// <param name="Factor">Multiple of the baseline; 0 where the baseline does not matter.</param>
/// <param name="Threshold">What is added.</param>
/// <param name="RecoveryFactor">The same for the recovery threshold.</param>
/// <param name="Recovery">The same for the recovery threshold.</param>
/// <param name="HoldReadings">On-delay in readings.</param>
/// <param name="HoldTicks">On-delay in ticks.</param>
internal readonly record struct TierLimit(
    Severity Severity, double Factor, double Threshold, double RecoveryFactor, double Recovery, int HoldReadings, long HoldTicks);
