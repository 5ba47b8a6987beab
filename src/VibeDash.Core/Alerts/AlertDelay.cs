using System.Text.Json.Serialization;

namespace VibeDash.Core.Alerts;

/// <summary>For how long something has to be so before it counts: a number of consecutive readings, a time between them, or both.</summary>
/// <param name="Readings">Consecutive readings, 1 to <see cref="MaximumReadings"/>; 1 is at once.</param>
/// <param name="Time">Event time from the first of them to the last, at most <see cref="MaximumTime"/>.</param>
public readonly record struct AlertDelay(int Readings = 1, TimeSpan Time = default)
{
    /// <summary>Most readings.</summary>
    public const int MaximumReadings = 1000;

    /// <summary>Longest time.</summary>
    public static readonly TimeSpan MaximumTime = TimeSpan.FromDays(1);

    /// <summary>At the first reading.</summary>
    public static AlertDelay AtOnce { get; } = new(1);

    /// <summary>True when it is within its bounds.</summary>
    [JsonIgnore]
    public bool IsValid => Readings is >= 1 and <= MaximumReadings && Time >= TimeSpan.Zero && Time <= MaximumTime;
}
