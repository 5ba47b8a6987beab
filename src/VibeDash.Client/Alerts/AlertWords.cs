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

    /// <summary>The states in the order in which they ask for attention.</summary>
    public static IReadOnlyList<AlertState> States { get; } =
    [
        AlertState.Unacknowledged, AlertState.ReturnedUnacknowledged, AlertState.Acknowledged, AlertState.Shelved, AlertState.SuppressedByDesign,
        AlertState.OutOfService, AlertState.Normal,
    ];

    /// <summary>A state in words.</summary>
    public static string State(AlertState state) => state switch
    {
        AlertState.Unacknowledged => "Not acknowledged",
        AlertState.ReturnedUnacknowledged => "Cleared, not acknowledged",
        AlertState.Acknowledged => "Acknowledged",
        AlertState.Shelved => "Shelved",
        AlertState.SuppressedByDesign => "Suppressed, machine stopped",
        AlertState.OutOfService => "Out of service",
        _ => "Normal",
    };

    /// <summary>The short name of a state in ISA-18.2.</summary>
    public static string Code(AlertState state) => state switch
    {
        AlertState.Unacknowledged => "UNACK",
        AlertState.ReturnedUnacknowledged => "RTNUN",
        AlertState.Acknowledged => "ACKED",
        AlertState.Shelved => "SHLVD",
        AlertState.SuppressedByDesign => "DSUPR",
        AlertState.OutOfService => "OOSRV",
        _ => "NORM",
    };

    /// <summary>What happened, in words.</summary>
    public static string Trigger(AlertTrigger trigger) => trigger switch
    {
        AlertTrigger.Unacknowledged => "Acknowledgement ended",
        AlertTrigger.Suppressed => "Suppressed: machine stopped",
        AlertTrigger.Unsuppressed => "Machine runs again",
        AlertTrigger.TakenOutOfService => "Taken out of service",
        AlertTrigger.ReturnedToService => "Returned to service",
        _ => trigger.ToString(),
    };

    /// <summary>What a kind of condition is called.</summary>
    public static string Kind(ConditionKind kind) => kind switch
    {
        ConditionKind.LevelAbove => "Level above",
        ConditionKind.LevelBelow => "Level below",
        ConditionKind.DifferenceAbove => "Difference from baseline",
        ConditionKind.BaselineMultiple => "Multiple of baseline",
        ConditionKind.Change => "Change",
        ConditionKind.NoData => "No data",
        ConditionKind.Stuck => "Stuck",
        ConditionKind.CalibrationAge => "Calibration age",
        _ => "Baseline changed",
    };

    /// <summary>What was found, for example <c>12.5 m/s² over the threshold of 12.0 m/s²</c>.</summary>
    public static string Finding(Alert alert) => Finding(alert.Kind, alert.RaisedAt is null ? null : alert.Level, alert.Threshold, alert.Unit);

    /// <summary>What was found.</summary>
    public static string Finding(ConditionKind kind, double? found, double threshold, string unit)
    {
        if (found is not { } level)
            return Kind(kind);
        return kind switch
        {
            ConditionKind.LevelBelow => $"{Numbers.Level(level, unit)} under the threshold of {Numbers.Level(threshold, unit)}",
            ConditionKind.Change => $"changed by {Numbers.Level(level, unit)}, more than {Numbers.Level(threshold, unit)}",
            ConditionKind.NoData => $"no data for {Ages.Of(TimeSpan.FromSeconds(level))}",
            ConditionKind.Stuck => $"the same level {level:0} times in a row",
            ConditionKind.CalibrationAge => $"calibrated {level:0} months ago",
            ConditionKind.BaselineChange => $"the sender changed its baseline by {level:0} %",
            _ => $"{Numbers.Level(level, unit)} over the threshold of {Numbers.Level(threshold, unit)}",
        };
    }

    /// <summary>One sentence for those who hear the page.</summary>
    public static string Sentence(Alert alert, string machine) =>
        $"{alert.Severity} alert: {alert.SensorId}{(machine.Length == 0 ? "" : $", {machine}")}, {Finding(alert)}.";
}
