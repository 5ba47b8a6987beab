using VibeDash.Client.Ui;
using VibeDash.Core.Contract;

namespace VibeDash.Client.Sensors;

/// <summary>Texts about changes of what a sensor is.</summary>
public static class SensorChangeText
{
    /// <summary>The action, for a button.</summary>
    public static string Action(SensorChangeKind kind) => kind switch
    {
        SensorChangeKind.Rename => "Rename",
        SensorChangeKind.HandOver => "Hand over",
        SensorChangeKind.Merge => "Merge",
        SensorChangeKind.Delete => "Delete",
        _ => "Release",
    };

    /// <summary>What a change does.</summary>
    public static string Effect(SensorChangeKind kind) => kind switch
    {
        SensorChangeKind.Rename => "History, alerts, notes, settings and rules of this sensor go on under its new id. Messages with the former id are still read as its own.",
        SensorChangeKind.HandOver =>
            "The sensor was replaced. History, notes, labels and rules go on under its successor, with a note at the change; its open alerts end. A learned baseline is learned anew; one set by hand stays.",
        SensorChangeKind.Merge =>
            "Both ids are one sensor. The readings, alerts and notes of this one become those of the other, each reading once; its open alerts end. Later messages with this id are read as the other’s.",
        SensorChangeKind.Delete => "The sensor and all its rows are removed for good. When it sends again, it is a new sensor. Rules that name it stay.",
        _ => "Messages with the former id make a sensor of their own.",
    };

    /// <summary>The question before a change, in numbers.</summary>
    /// <param name="change">The change.</param>
    /// <param name="sensorId">The sensor.</param>
    /// <param name="extent">What is kept of it; null when that is not known.</param>
    public static string Question(SensorChange change, string sensorId, SensorExtent? extent)
    {
        var kept = extent is null ? "all that is kept of it" : $"{Count(extent.Readings, "reading")}, {Count(extent.Alerts, "alert")} and {Count(extent.Notes, "note")}";
        var ends = extent is { OpenAlerts: > 0 and var open } ? $" {Count(open, "open alert")} {(open == 1 ? "ends" : "end")}." : "";
        return change.Kind switch
        {
            SensorChangeKind.Rename => $"Rename {sensorId} to {change.To}, with {kept}?",
            SensorChangeKind.HandOver => $"Hand {sensorId} over to {change.To}, with {kept}?{ends}",
            SensorChangeKind.Merge => $"Merge {sensorId} into {change.To}, with {kept}?{ends} This cannot be undone.",
            _ => $"Delete {sensorId} with {kept} permanently?{ends}",
        };
    }

    private static string Count(long count, string word) => $"{Numbers.Count(count)} {word}{(count == 1 ? "" : "s")}";
}
