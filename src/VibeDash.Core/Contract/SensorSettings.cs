using VibeDash.Core.Readings;

namespace VibeDash.Core.Contract;

/// <summary>What people say about a sensor.</summary>
/// <param name="By">Who says it.</param>
public sealed record SensorSettings(string By)
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

    /// <summary>What is wrong with it, in one sentence, or null when nothing is.</summary>
    public string? Fault() => this switch
    {
        _ when AlertAction.NameFault(By) is { } fault => fault,
        { Labels.Length: > MaximumLabels } => $"A sensor has at most {MaximumLabels} labels.",
        { Labels: { } labels } when labels.Any(label => string.IsNullOrWhiteSpace(label) || label.Length > MaximumLabelLength || label.Any(char.IsControl)) =>
            $"A label has 1 to {MaximumLabelLength} characters.",
        { BaselineSource: Core.Readings.BaselineSource.Manual, Baseline: not > 0 } or { Baseline: double.PositiveInfinity } => "A baseline set by hand must be a positive number.",
        { BaselineSource: not Core.Readings.BaselineSource.Manual, Baseline: not null } => "'baseline' goes with 'baselineSource' Manual.",
        _ => null,
    };
}
