using VibeDash.Core.Alerts;
using VibeDash.Core.Readings;

namespace VibeDash.Server.Pipeline;

/// <summary>Details of a sensor other than readings and facts.</summary>
/// <param name="Labels">Its labels.</param>
/// <param name="Baseline">Its baseline; null when the one it sends is in force.</param>
/// <param name="Learning">How far its baseline is learned; null when none is being learned.</param>
/// <param name="Machine">State of its machine; null when none is reported.</param>
/// <param name="Evaluation">Whether rules compare its level with thresholds.</param>
/// <param name="IsOutOfService">True when it, or its machine, is out of service.</param>
/// <param name="ClockOffset">How far its clock is ahead of the server's, or negative how far behind; zero when it is on time.</param>
/// <param name="NotGoodSince">Event time since which none of its readings was good; null when one was lately.</param>
/// <param name="Quality">Quality of the reading at that time.</param>
/// <param name="IsCriticalUnconfirmed">See <see cref="SensorWatch.IsCriticalUnconfirmed"/>.</param>
/// <param name="RunLevel">The level above which its machine runs; null when none was set.</param>
/// <param name="Sender">Name of what sends for it, if it sends changes only; else null.</param>
internal sealed record SensorDetails(
    IReadOnlyList<string> Labels,
    Baseline? Baseline,
    LearningProgress? Learning,
    MachineState? Machine = null,
    LevelEvaluation Evaluation = LevelEvaluation.Always,
    bool IsOutOfService = false,
    TimeSpan ClockOffset = default,
    DateTimeOffset? NotGoodSince = null,
    ReadingQuality Quality = ReadingQuality.Good,
    bool IsCriticalUnconfirmed = false,
    RunLevel? RunLevel = null,
    string? Sender = null)
{
    /// <summary>Details of a sensor that has none.</summary>
    public static SensorDetails None { get; } = new([], null, null);
}
