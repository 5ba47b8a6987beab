namespace VibeDash.Core.Alerts;

/// <summary>A tier precomputed for one unit. Values are compared with <c>Factor × baseline + Threshold</c>, in the sensor's unit.</summary>
/// <param name="Severity">The severity.</param>
/// <param name="Factor">Multiple of the baseline; 0 when independent of it.</param>
/// <param name="Threshold">Constant part.</param>
/// <param name="RecoveryFactor">Factor of the recovery threshold.</param>
/// <param name="Recovery">Constant part of the recovery threshold.</param>
/// <param name="HoldReadings">On-delay in readings.</param>
/// <param name="HoldTicks">On-delay in ticks.</param>
/// <param name="AtOnceFactor">Factor of the threshold beyond which the on-delay is skipped.</param>
/// <param name="AtOnce">Constant part of that threshold; NaN when the on-delay is never skipped.</param>
internal readonly record struct TierLimit(
    Severity Severity, double Factor, double Threshold, double RecoveryFactor, double Recovery, int HoldReadings, long HoldTicks, double AtOnceFactor, double AtOnce);
