using VibeDash.Core.Alerts;
using VibeDash.Core.Readings;

namespace VibeDash.Client.Ui;

/// <summary>CSS classes of conditions and severities, and the words of conditions.</summary>
public static class ConditionStyle
{
    /// <summary>The class of a condition, for example <c>is-critical</c>.</summary>
    public static string Class(SensorCondition condition) => $"is-{condition.ToString().ToLowerInvariant()}";

    /// <summary>The word of a condition, with a capital.</summary>
    public static string Word(SensorCondition condition) => condition switch
    {
        SensorCondition.ClockOff => "Clock off",
        SensorCondition.OutOfService => "Out of service",
        SensorCondition.NotEvaluated => "Not evaluated",
        SensorCondition.BadQuality => "Bad quality",
        SensorCondition.CriticalUnconfirmed => "Critical, unconfirmed",
        _ => condition.ToString(),
    };

    /// <summary>The word of a quality.</summary>
    public static string Word(ReadingQuality quality) => quality switch
    {
        ReadingQuality.Good => "good",
        ReadingQuality.Uncertain => "uncertain",
        ReadingQuality.Stale => "stale",
        _ => "bad",
    };

    /// <summary>The class of a severity: the class of the condition it causes.</summary>
    public static string Class(Severity severity) => $"is-{severity.ToString().ToLowerInvariant()}";

    /// <summary>The classes of a sensor.</summary>
    public static string Class(SensorStatus status) =>
        $"{Class(status.Condition)}{(status.Acknowledged ? " is-acknowledged" : "")}{(status.IsSilent ? " is-silent" : "")}";
}
