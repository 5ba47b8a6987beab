namespace VibeDash.Core.Alerts;

/// <summary>The outages during a silence, in which readings may have been missed.</summary>
/// <param name="Missed">Their time in all, which does not count as silence.</param>
/// <param name="Since">Time since the last of them: a reading lost in it is followed by another one only after the sensor's usual interval.</param>
public readonly record struct SilenceOutages(TimeSpan Missed, TimeSpan Since)
{
    /// <summary>A silence without an outage.</summary>
    public static SilenceOutages None { get; } = new(TimeSpan.Zero, TimeSpan.MaxValue);
}
