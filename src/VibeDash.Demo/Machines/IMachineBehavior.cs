namespace VibeDash.Demo.Machines;

/// <summary>The vibration of a machine over time. A pure function: the same arguments give the same result. Thread-safe.</summary>
public interface IMachineBehavior
{
    /// <summary>The level at a point in time.</summary>
    /// <param name="elapsed">Time since the machine began its cycle; not negative.</param>
    /// <param name="noise">Random part of the measurement: mean 0, standard deviation 1, within ±3.5.</param>
    /// <returns>The level as a multiple of the baseline; null when the sensor is silent.</returns>
    double? RatioAt(TimeSpan elapsed, double noise);
}
