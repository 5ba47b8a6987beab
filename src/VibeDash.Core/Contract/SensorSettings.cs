using VibeDash.Core.Faults;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Contract;

/// <summary>What people say about a sensor.</summary>
public sealed record SensorSettings
{
    /// <summary>Most labels of a sensor.</summary>
    public const int MaximumLabels = 20;

    /// <summary>Longest label, in characters.</summary>
    public const int MaximumLabelLength = 50;

    /// <summary>Its labels; null leaves them as they are.</summary>
    public string[]? Labels { get; init; }

    /// <summary>Where its baseline comes from; null leaves that as it is.</summary>
    public BaselineSource? BaselineSource { get; init; }

    /// <summary>The baseline, where it is <see cref="Core.Readings.BaselineSource.Manual"/>, in the sensor's unit.</summary>
    public double? Baseline { get; init; }

    /// <summary>Where it is to be learned, event time from which on readings count; null is from now on.</summary>
    public DateTimeOffset? LearnFrom { get; init; }

    /// <summary>The first fault; null when there is none.</summary>
    public FieldFault? Fault() => this switch
    {
        { Labels.Length: > MaximumLabels } => FieldFault.Of("labels", FaultCode.TooManyLabels, MaximumLabels),
        { Labels: { } labels } when Array.FindIndex(labels, IsInvalid) is var i and >= 0 => FieldFault.Of($"labels[{i}]", FaultCode.LabelInvalid, MaximumLabelLength),
        { BaselineSource: Core.Readings.BaselineSource.Manual, Baseline: not > 0 } or { Baseline: double.PositiveInfinity } =>
            FieldFault.Of("baseline", FaultCode.BaselineNotPositive),
        { BaselineSource: not Core.Readings.BaselineSource.Manual, Baseline: not null } => FieldFault.Of("baseline", FaultCode.BaselineNotManual),
        _ => null,
    };

    private static bool IsInvalid(string label) => string.IsNullOrWhiteSpace(label) || label.Length > MaximumLabelLength || label.Any(char.IsControl);
}
