using VibeDash.Core.Alerts;
using VibeDash.Core.Readings;

namespace VibeDash.Server.Pipeline;

/// <summary>Details of a sensor other than readings and facts.</summary>
/// <param name="Labels">Its labels.</param>
/// <param name="Baseline">Its baseline; null when the one it sends is in force.</param>
/// <param name="Learned">Number of readings learned so far; null when no baseline is being learned.</param>
/// <param name="Machine">State of its machine; null when none is reported.</param>
/// <param name="Evaluation">Whether rules compare its level with thresholds.</param>
/// <param name="IsOutOfService">True when it, or its machine, is out of service.</param>
/// <param name="ClockLead">How far its clock is ahead of the server's; zero when it is not.</param>
/// <param name="Sender">Name of what sends for it, if it sends changes only; else null.</param>
internal sealed record SensorDetails(
    IReadOnlyList<string> Labels,
    Baseline? Baseline,
    int? Learned,
    MachineState? Machine = null,
    LevelEvaluation Evaluation = LevelEvaluation.Always,
    bool IsOutOfService = false,
    TimeSpan ClockLead = default,
    string? Sender = null)
{
    /// <summary>Details of a sensor that has none.</summary>
    public static SensorDetails None { get; } = new([], null, null);
}
