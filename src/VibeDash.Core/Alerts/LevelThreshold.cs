namespace VibeDash.Core.Alerts;

/// <summary>A threshold line over the levels of a sensor: <c>Factor × baseline + Offset</c>, in the sensor's unit.</summary>
/// <param name="Severity">Severity beyond the threshold.</param>
/// <param name="Factor">Multiple of the baseline; 0 when independent of it.</param>
/// <param name="Offset">Offset in the sensor's unit.</param>
public sealed record LevelThreshold(Severity Severity, double Factor, double Offset)
{
    /// <summary>Position of the line.</summary>
    /// <param name="baseline">The baseline; 0 when unknown.</param>
    /// <returns>Null when it depends on an unknown baseline.</returns>
    public double? At(double baseline) => Factor > 0 && baseline <= 0 ? null : (Factor * baseline) + Offset;
}
