namespace VibeDash.Core.Tests.Measured;

/// <summary>A time for which a level alert was active.</summary>
/// <param name="Sensor">The sensor.</param>
/// <param name="At">When it was raised.</param>
/// <param name="Until">When its condition ended; the maximum time when it held to the last reading.</param>
internal sealed record MeasuredRaise(MeasuredSensor Sensor, DateTimeOffset At, DateTimeOffset Until)
{
    /// <summary>The documented departure it belongs to: the first that it overlaps, or null.</summary>
    public Departure? Departure => Sensor.Departures.FirstOrDefault(departure => At <= departure.End && Until >= departure.Onset);

    /// <summary>True when it was over before the documented onset, or nothing is documented.</summary>
    public bool IsFalse => Departure is null;
}
