namespace VibeDash.Demo.Machines;

/// <summary>How a machine's vibration develops over time. Pure: the same arguments give the same answer; thread-safe.</summary>
public interface IMachineBehavior
{
    /// <summary>The level at one moment.</summary>
    /// <param name="elapsed">Time since the machine's story began; not negative.</param>
    /// <param name="noise">Random part of the measurement: mean 0, standard deviation 1, within ±3.5.</param>
    /// <returns>The level as a multiple of the baseline; null when the sensor sends nothing.</returns>
    double? RatioAt(TimeSpan elapsed, double noise);
}
