namespace VibeDash.Core.Alerts;

/// <summary>A threshold as it is drawn over the levels of a sensor: <c>Factor × baseline + Offset</c>, in the sensor's unit.</summary>
/// <param name="Severity">Severity of what is beyond it.</param>
/// <param name="Factor">Multiple of the baseline; 0 where that does not matter.</param>
/// <param name="Offset">What is added.</param>
public sealed record LevelThreshold(Severity Severity, double Factor, double Offset)
{
    /// <summary>Where it lies.</summary>
    /// <param name="baseline">The baseline; 0 when unknown.</param>
    /// <returns>Null when it depends on a baseline that is unknown.</returns>
    public double? At(double baseline) => Factor > 0 && baseline <= 0 ? null : (Factor * baseline) + Offset;
}
