using System.Text.Json.Serialization;

namespace VibeDash.Core.Alerts;

/// <summary>On-delay or off-delay: a number of consecutive readings, a time between them, or both.</summary>
/// <param name="Readings">Consecutive readings, 1 to <see cref="MaximumReadings"/>; 1 means no delay.</param>
/// <param name="Time">Event time from the first to the last of them, at most <see cref="MaximumTime"/>.</param>
public readonly record struct AlertDelay(int Readings = 1, TimeSpan Time = default)
{
    /// <summary>Maximum number of readings.</summary>
    public const int MaximumReadings = 1000;

    /// <summary>Maximum time.</summary>
    public static readonly TimeSpan MaximumTime = TimeSpan.FromDays(1);

    /// <summary>No delay: the first reading counts.</summary>
    public static AlertDelay AtOnce { get; } = new(1);

    /// <summary>True when it is within its limits.</summary>
    [JsonIgnore]
    public bool IsValid => Readings is >= 1 and <= MaximumReadings && Time >= TimeSpan.Zero && Time <= MaximumTime;
}
