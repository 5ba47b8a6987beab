using System.Text.Json.Serialization;
using VibeDash.Core.Faults;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Contract;

/// <summary>Settings of a sensor that people enter.</summary>
public sealed record SensorSettings
{
    /// <summary>Maximum number of labels of a sensor.</summary>
    public const int MaximumLabels = 20;

    /// <summary>Maximum length of a label, in characters.</summary>
    public const int MaximumLabelLength = 50;

    /// <summary>The labels; null leaves them unchanged.</summary>
    public string[]? Labels { get; init; }

    /// <summary>Source of the baseline; null leaves it unchanged.</summary>
    public BaselineSource? BaselineSource { get; init; }

    /// <summary>The baseline in the sensor's unit, when the source is <see cref="Core.Readings.BaselineSource.Manual"/>.</summary>
    public double? Baseline { get; init; }

    /// <summary>Event time from which readings count for a learned baseline; null for that of the latest reading.</summary>
    public DateTimeOffset? LearnFrom { get; init; }

    /// <summary>Minimum number of readings of a learned baseline; null for the usual one: <see cref="LearningDemand"/>.</summary>
    public int? LearnReadings { get; init; }

    /// <summary>Minimum running time of a learned baseline, in hours; null for the usual one.</summary>
    public double? LearnHours { get; init; }

    /// <summary>True to set a baseline that is far from what the sensor sends: <see cref="RefusalCode.BaselineUnconfirmed"/>.</summary>
    public bool? Confirmed { get; init; }

    /// <summary>The level in the sensor's unit above which its machine runs, 0 for none; null leaves it unchanged.</summary>
    public double? RunLevel { get; init; }

    /// <summary>What a baseline is learned from, at least.</summary>
    [JsonIgnore]
    public LearningDemand Demand => new(LearnReadings ?? LearningDemand.Usual.Readings, LearnHours ?? LearningDemand.Usual.Hours);

    /// <summary>The first fault; null when there is none.</summary>
    public FieldFault? Fault() => this switch
    {
        { Labels.Length: > MaximumLabels } => FieldFault.Of("labels", FaultCode.TooManyLabels, MaximumLabels),
        { Labels: { } labels } when Array.FindIndex(labels, IsInvalid) is var i and >= 0 => FieldFault.Of($"labels[{i}]", FaultCode.LabelInvalid, MaximumLabelLength),
        { BaselineSource: Core.Readings.BaselineSource.Manual, Baseline: not > 0 } or { Baseline: double.PositiveInfinity } =>
            FieldFault.Of("baseline", FaultCode.BaselineNotPositive),
        { Baseline: > Reading.MaximumLevel } => FieldFault.Of("baseline", FaultCode.NumberTooLarge, Reading.MaximumLevel),
        { LearnReadings: < LearningDemand.LeastReadings or > LearningDemand.MostReadings } =>
            FieldFault.Of("learnReadings", FaultCode.NotInRange, LearningDemand.LeastReadings, LearningDemand.MostReadings),
        { LearnHours: not (null or (>= 0 and <= LearningDemand.MostHours)) } => FieldFault.Of("learnHours", FaultCode.NotInRange, 0, LearningDemand.MostHours),
        { RunLevel: not (null or (>= 0 and <= Reading.MaximumLevel)) } => FieldFault.Of("runLevel", FaultCode.NotInRange, 0, Reading.MaximumLevel),
        { BaselineSource: not Core.Readings.BaselineSource.Manual, Baseline: not null } => FieldFault.Of("baseline", FaultCode.BaselineNotManual),
        _ => null,
    };

    private static bool IsInvalid(string label) => string.IsNullOrWhiteSpace(label) || label.Length > MaximumLabelLength || PlainText.HasControl(label);
}
