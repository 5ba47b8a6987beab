using VibeDash.Client.Fleet;
using VibeDash.Client.Layout;
using VibeDash.Core.Alerts;

namespace VibeDash.Client.Alerts;

/// <summary>How alerts are put in words.</summary>
public static class AlertWords
{
    /// <summary>The condition an alert of this severity means for its sensor.</summary>
    public static SensorCondition Condition(Severity severity) => severity switch
    {
        Severity.Critical => SensorCondition.Critical,
        Severity.Warning => SensorCondition.Warning,
        _ => SensorCondition.Advisory,
    };

    /// <summary>Level against threshold, for example <c>12.5 m/s² (threshold 12.0)</c>.</summary>
    public static string Against(double level, Alert alert) =>
        $"{Numbers.Level(level, alert.Unit)} (threshold {Numbers.Level(alert.Threshold)})";

    /// <summary>One sentence for those who hear the page.</summary>
    public static string Sentence(Alert alert, string machine) =>
        $"{alert.Severity} alert: {alert.SensorId}{(machine.Length == 0 ? "" : $", {machine}")}, {Against(alert.Level, alert)}.";
}
