using System.IO.Enumeration;
using VibeDash.Core.Readings;

namespace VibeDash.Core.Sparkplug;

/// <summary>Selects the metrics of a Sparkplug source that are readings, and their properties.</summary>
public sealed record SparkplugShape
{
    private static readonly string[] NeverReadings = ["bdSeq", "Node Control/*", "Device Control/*", "Node Info*"];

    /// <summary>Names of metrics, with <c>*</c> for any characters; empty for all numeric metrics other than those about the edge node itself.</summary>
    public IReadOnlyList<string> Metrics { get; init; } = [];

    /// <summary>The unit; null for the metric's property <c>engUnit</c>.</summary>
    public string? Unit { get; init; }

    /// <summary>The level of the healthy machine, in the unit; 0 means unknown. Not used with <see cref="BaselineMetric"/>.</summary>
    public double Baseline { get; init; }

    /// <summary>Metric of the same node or device whose value is the baseline; null for none.</summary>
    public string? BaselineMetric { get; init; }

    /// <summary>Factor that converts the values to the unit.</summary>
    public double Multiplier { get; init; } = 1;

    /// <summary>What becomes of a negative level.</summary>
    public LevelSign Sign { get; init; }

    /// <summary>True when metrics are selected by name: a non-numeric one is then a fault.</summary>
    public bool IsChosen => Metrics.Count > 0;

    /// <summary>True when a metric of that name is a reading if it is numeric.</summary>
    public bool Wants(string name) =>
        name != BaselineMetric && (IsChosen ? Matches(Metrics, name) : !Matches(NeverReadings, name));

    /// <summary>True when a metric of that name is a reading or the baseline.</summary>
    public bool Uses(string name) => name == BaselineMetric || Wants(name);

    private static bool Matches(IReadOnlyList<string> patterns, string name)
    {
        foreach (var pattern in patterns)
        {
            if (FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false))
                return true;
        }

        return false;
    }
}
