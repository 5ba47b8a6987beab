using VibeDash.Core.Readings;
using VibeDash.Demo.Machines;

namespace VibeDash.Demo.Events;

/// <summary>A sensor of the fleet. Immutable, thread-safe.</summary>
/// <param name="SensorId">The sensor id.</param>
/// <param name="Facts">Location, model and the like, which every event repeats.</param>
/// <param name="Baseline">Level of the healthy machine, in m/s².</param>
/// <param name="Behavior">The behaviour of its machine.</param>
/// <param name="Coupling">Share of a rise above the baseline that reaches the sensor, 0 to 1: less than 1 at the end of the shaft that is far from the fault.</param>
/// <param name="Phase">How far the machine is into its cycle when the fleet starts.</param>
public sealed record SimulatedSensor(
    string SensorId, SensorFacts Facts, double Baseline, IMachineBehavior Behavior, double Coupling = 1, TimeSpan Phase = default)
{
    /// <summary>The unit of all levels.</summary>
    public const string Unit = "m/s²";

    /// <summary>The level in m/s², rounded to two decimals, not negative; null when the sensor is silent.</summary>
    /// <param name="elapsed">Time since the fleet started; not negative.</param>
    /// <param name="noise">See <see cref="IMachineBehavior.RatioAt"/>.</param>
    public double? LevelAt(TimeSpan elapsed, double noise)
    {
        if (Behavior.RatioAt(elapsed + Phase, noise) is not { } ratio)
            return null;
        if (ratio > 1)
            ratio = 1 + ((ratio - 1) * Coupling);
        return Math.Round(Math.Max(0, Baseline * ratio), 2);
    }
}
