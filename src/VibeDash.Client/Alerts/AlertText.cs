using VibeDash.Client.Ui;
using VibeDash.Core.Alerts;

namespace VibeDash.Client.Alerts;

/// <summary>How alerts are put in words.</summary>
public static class AlertText
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

    /// <summary>What ISA-18.2 calls a state.</summary>
    public static string Standard(AlertState state) => state switch
    {
        AlertState.Unacknowledged => "ISA-18.2: unacknowledged",
        AlertState.ReturnedUnacknowledged => "ISA-18.2: returned to normal, unacknowledged",
        AlertState.Acknowledged => "ISA-18.2: acknowledged",
        AlertState.Shelved => "ISA-18.2: shelved",
        AlertState.SuppressedByDesign => "ISA-18.2: suppressed by design",
        AlertState.OutOfService => "ISA-18.2: out of service",
        _ => "ISA-18.2: normal",
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
            ConditionKind.NoData => $"no data for {DurationText.Age(TimeSpan.FromSeconds(level))}",
            ConditionKind.Stuck => $"the same level {level:0} times in a row",
            ConditionKind.CalibrationAge => $"calibrated {level:0} months ago",
            ConditionKind.BaselineChange => $"the sender changed its baseline by {level:0} %",
            _ => $"{Numbers.Level(level, unit)} over the threshold of {Numbers.Level(threshold, unit)}",
        };
    }

    /// <summary>A number of that kind of condition, for example a level with its unit.</summary>
    public static string Value(ConditionKind kind, double value, string unit) => kind switch
    {
        ConditionKind.NoData => DurationText.Age(TimeSpan.FromSeconds(value)),
        ConditionKind.Stuck => $"{value:0} readings",
        ConditionKind.CalibrationAge => $"{value:0} months",
        ConditionKind.BaselineChange => $"{value:0} %",
        _ => Numbers.Level(value, unit),
    };

    /// <summary>True when what is found is a level, to be compared with the level of the sensor.</summary>
    public static bool IsLevel(ConditionKind kind) => kind is ConditionKind.LevelAbove or ConditionKind.LevelBelow or ConditionKind.BaselineMultiple;

    /// <summary>How the severity has changed since it was raised, for example <c>got worse 3 min ago, was Warning</c>; null when it has not.</summary>
    public static string? SeverityChange(Alert alert, DateTimeOffset now) => alert switch
    {
        { SeverityBefore: { } before, SeverityChangedAt: { } at } => $"{(alert.Severity > before ? "got worse" : "eased")} {DurationText.Ago(now - at)}, was {before}",
        _ => null,
    };

    /// <summary>What would have calmed a chattering alert.</summary>
    public static string Calming(Chattering chattering, string unit) =>
        $"{chattering.Cycles} times in a short time; a deadband of {Numbers.Level(chattering.Deadband, unit)} or a recovery delay of {Math.Ceiling(chattering.Delay.TotalSeconds):0} s would have calmed it";

    /// <summary>How much is left of a time, for example <c>20 min left</c>; <c>over</c> when nothing is.</summary>
    public static string Left(TimeSpan left) => left <= TimeSpan.Zero ? "over" : $"{(left < TimeSpan.FromSeconds(10) ? "a moment" : DurationText.Age(left))} left";

    /// <summary>One sentence for those who hear the page.</summary>
    public static string Sentence(Alert alert, string machine) =>
        $"{alert.Severity} alert: {alert.SensorId}{(machine.Length == 0 ? "" : $", {machine}")}, {Finding(alert)}.";
}
