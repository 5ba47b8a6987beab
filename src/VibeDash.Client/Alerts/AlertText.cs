using VibeDash.Client.Ui;
using VibeDash.Core.Alerts;

namespace VibeDash.Client.Alerts;

/// <summary>Texts about alerts.</summary>
public static class AlertText
{
    /// <summary>The sensor's condition due to an alert of this severity.</summary>
    public static SensorCondition Condition(Severity severity) => severity switch
    {
        Severity.Critical => SensorCondition.Critical,
        Severity.Warning => SensorCondition.Warning,
        _ => SensorCondition.Advisory,
    };

    /// <summary>The states, by need for attention.</summary>
    public static IReadOnlyList<AlertState> States { get; } =
    [
        AlertState.Unacknowledged, AlertState.ReturnedUnacknowledged, AlertState.Acknowledged, AlertState.Shelved, AlertState.SuppressedByDesign,
        AlertState.OutOfService, AlertState.Normal,
    ];

    /// <summary>Name of a state.</summary>
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

    /// <summary>Abbreviation of a state in ISA-18.2.</summary>
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

    /// <summary>Name of the state of an alert.</summary>
    public static string State(Alert alert) => alert switch
    {
        // By an alert that tells it for several sensors, too.
        { State: AlertState.SuppressedByDesign, Kind: ConditionKind.NoData } => "Suppressed",
        { State: AlertState.ReturnedUnacknowledged, IsUnevaluated: true } => "Not evaluated any more, not acknowledged",
        { State: AlertState.Normal, IsUnevaluated: true } => "Not evaluated any more",
        _ => State(alert.State),
    };

    /// <summary>Name of a state in ISA-18.2.</summary>
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

    /// <summary>Name of a journal entry.</summary>
    public static string Trigger(AlertTransition transition) => transition.Trigger switch
    {
        AlertTrigger.Cleared when transition.Cause is { IsUnevaluated: true } => "Not evaluated any more",
        AlertTrigger.Unacknowledged => "Acknowledgement ended",
        AlertTrigger.Suppressed => "Suppressed: machine stopped",
        AlertTrigger.Unsuppressed => "Machine runs again",
        AlertTrigger.TakenOutOfService => "Taken out of service",
        AlertTrigger.ReturnedToService => "Returned to service",
        _ => transition.Trigger.ToString(),
    };

    /// <summary>Name of a kind of condition.</summary>
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
        ConditionKind.ClockOff => "Clock off",
        _ => "Baseline changed",
    };

    /// <summary>The finding, for example <c>12.5 m/s² over the threshold of 12.0 m/s²</c>.</summary>
    public static string Finding(Alert alert) => Finding(alert.Kind, alert.RaisedAt is null ? null : alert.Level, alert.Threshold, alert.Unit);

    /// <summary>The finding; only the kind when no value was found.</summary>
    public static string Finding(ConditionKind kind, double? found, double threshold, string unit)
    {
        if (found is not { } level)
            return Kind(kind);
        return kind switch
        {
            ConditionKind.LevelBelow => $"{Numbers.Level(level, unit)} under the threshold of {Numbers.Level(threshold, unit)}",
            ConditionKind.Change => $"changed by {Numbers.Level(level, unit)}, more than {Numbers.Level(threshold, unit)}",
            ConditionKind.NoData when unit == CommonSubject.Unit => $"silent: {level:0} of {threshold:0} sensors",
            ConditionKind.NoData => $"no data for {DurationText.Age(TimeSpan.FromSeconds(level))}",
            ConditionKind.Stuck => $"the same level {level:0} times in a row",
            ConditionKind.CalibrationAge => $"calibrated {level:0} months ago",
            ConditionKind.ClockOff => $"clock off by {DurationText.Exact(TimeSpan.FromSeconds(Math.Round(level)))}",
            ConditionKind.BaselineChange => $"the sender changed its baseline by {level:0} %",
            _ => $"{Numbers.Level(level, unit)} over the threshold of {Numbers.Level(threshold, unit)}",
        };
    }

    /// <summary>A value of this kind of condition with its unit.</summary>
    public static string Value(ConditionKind kind, double value, string unit) => kind switch
    {
        ConditionKind.NoData when unit == CommonSubject.Unit => $"{value:0} sensors",
        ConditionKind.NoData => DurationText.Age(TimeSpan.FromSeconds(value)),
        ConditionKind.Stuck => $"{value:0} readings",
        ConditionKind.CalibrationAge => $"{value:0} months",
        ConditionKind.ClockOff => DurationText.Exact(TimeSpan.FromSeconds(Math.Round(value))),
        ConditionKind.BaselineChange => $"{value:0} %",
        _ => Numbers.Level(value, unit),
    };

    /// <summary>True when values of this kind are levels, comparable with the sensor's level.</summary>
    public static bool IsLevel(ConditionKind kind) => kind is ConditionKind.LevelAbove or ConditionKind.LevelBelow or ConditionKind.BaselineMultiple;

    /// <summary>The change of severity since it was raised, for example <c>got worse 3 min ago, was Warning</c>; null for none.</summary>
    public static string? SeverityChange(Alert alert, DateTimeOffset now) => alert switch
    {
        { SeverityBefore: { } before, SeverityChangedAt: { } at } => $"{(alert.Severity > before ? "got worse" : "eased")} {DurationText.Ago(now - at)}, was {before}",
        _ => null,
    };

    /// <summary>How often it was raised before, for example <c>twice before</c>; null when it was not.</summary>
    public static string? Before(Alert alert) => alert.Raises switch
    {
        <= 1 => null,
        2 => "once before",
        3 => "twice before",
        var raises => $"{Numbers.Count(raises - 1)} times before",
    };

    /// <summary>Since when its condition does not hold, or is not evaluated any more, and by whom; null while it holds.</summary>
    public static string? Cleared(Alert alert, DateTimeOffset now) => alert switch
    {
        { Facts.IsActive: true } or { ClearedAt: null } => null,
        { ClearCause.Code: TransitionCause.RuleGone } =>
            $"No rule evaluates this any more, changed{(alert.ClearedBy is { } by ? $" by {by}" : "")} {DurationText.Ago(now - alert.ClearedAt.Value)}",
        { ClearCause: { } cause } => $"{CauseText.Of(cause).TrimEnd('.')} {DurationText.Ago(now - alert.ClearedAt.Value)}",
        _ => $"Cleared {DurationText.Ago(now - alert.ClearedAt.Value)}",
    };

    /// <summary>The settings that would have stopped an alert from chattering.</summary>
    public static string Calming(Chattering chattering, string unit) =>
        $"{chattering.Cycles} times in a short time; a deadband of {Numbers.Level(chattering.Deadband, unit)} or an off-delay of {Math.Ceiling(chattering.Delay.TotalSeconds):0} s would have prevented it";

    /// <summary>The remaining time, for example <c>20 min left</c>; <c>over</c> for none.</summary>
    public static string Left(TimeSpan left) => left <= TimeSpan.Zero ? "over" : $"{(left < TimeSpan.FromSeconds(10) ? "a moment" : DurationText.Age(left))} left";

    /// <summary>The sensor of an alert, or what several have in common, for example <c>Gateway spBv1.0/plant/gw-7</c>.</summary>
    public static string Subject(Alert alert) => Subject(alert.SensorId);

    /// <inheritdoc cref="Subject(Alert)"/>
    public static string Subject(string sensorId) => !CommonSubject.Is(sensorId) ? sensorId : CommonSubject.NameOf(sensorId, out var isPlace) switch
    {
        null => "All sensors",
        var name => $"{(isPlace ? "Place" : "Gateway")} {name}",
    };

    /// <summary>Address of the page about the sensor of an alert, or about the alert of several.</summary>
    public static string Address(Alert alert) => CommonSubject.Is(alert.SensorId) ? $"alerts/{Numbers.Count(alert.Id)}" : $"sensors/{Uri.EscapeDataString(alert.SensorId)}";

    /// <summary>One sentence for screen readers and notifications.</summary>
    public static string Sentence(Alert alert, string machine) =>
        $"{alert.Severity} alert: {Subject(alert)}{(machine.Length == 0 ? "" : $", {machine}")}, {Finding(alert)}.";
}
