using System.Text.Json.Serialization;
using VibeDash.Core.Alerts;
using VibeDash.Core.Readings;
using VibeDash.Core.Trends;

namespace VibeDash.Core.Contract;

/// <summary>The current state of a sensor.</summary>
/// <param name="SensorId">The sensor.</param>
/// <param name="Facts">Location, model, calibration.</param>
/// <param name="Unit">Unit of its levels.</param>
/// <param name="Sequence">Tick sequence number covered by this snapshot; see <see cref="SensorTick.Sequence"/>.</param>
/// <param name="Timestamp">Event time of its latest reading that is not ahead of its clock.</param>
/// <param name="Level">Level of that reading.</param>
/// <param name="Baseline">Baseline of that reading.</param>
/// <param name="Sparkline">Its latest levels, oldest first.</param>
/// <param name="OfflineSince">Time since which its broker or gateway has reported it as unreachable, or null: see <see cref="SensorStatusChange"/>.</param>
public sealed record SensorSnapshot(
    string SensorId,
    SensorFacts Facts,
    string Unit,
    long Sequence,
    DateTimeOffset Timestamp,
    double Level,
    double Baseline,
    SparkPoint[] Sparkline,
    DateTimeOffset? OfflineSince = null)
{
    /// <summary>Its labels, or null.</summary>
    public string[]? Labels { get; init; }

    /// <summary>The baseline in force, if different from the one the sensor sends.</summary>
    public Baseline? BaselineInForce { get; init; }

    /// <summary>How far its baseline is learned, while it is being learned.</summary>
    public LearningProgress? Learning { get; init; }

    /// <summary>The level above which its machine runs; null when none was set.</summary>
    public RunLevel? RunLevel { get; init; }

    /// <summary>Reported state of its machine; null when none has been reported.</summary>
    public MachineState? Machine { get; init; }

    /// <summary>
    /// How far its clock, or that of one of its senders, is ahead of the server's, in seconds; negative when it is behind; null when it is on time: see
    /// <see cref="SensorClock"/>.
    /// </summary>
    public double? ClockOffsetSeconds { get; init; }

    /// <summary>True when the latest reading is inconsistent: <see cref="Reading.IsSuspect"/>.</summary>
    public bool IsSuspect { get; init; }

    /// <summary>
    /// Event time since which none of its readings was good; null when one was lately. When it is not after <see cref="Timestamp"/>, none ever was: the
    /// sensor has no present level.
    /// </summary>
    public DateTimeOffset? NotGoodSince { get; init; }

    /// <summary>Quality of the reading at <see cref="NotGoodSince"/>. Absent for good.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ReadingQuality Quality { get; init; }

    /// <summary>Whether rules compare its level with thresholds. Absent for <see cref="LevelEvaluation.Always"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public LevelEvaluation Evaluation { get; init; }

    /// <summary>
    /// True when its latest level is above the threshold of Critical and the on-delay of that severity is not over: no alert yet. Absent for false.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsCriticalUnconfirmed { get; init; }

    /// <summary>Name of what sends for it, if it sends changes only, so that its age says nothing: it is silent with its sender. Absent for null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public string? Sender { get; init; }

    /// <summary>True when it, or its machine, is out of service. Absent for false.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsOutOfService { get; init; }
}
