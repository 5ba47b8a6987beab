using VibeDash.Client.Live;
using VibeDash.Client.Ui;

namespace VibeDash.Client.Export;

/// <summary>The options of an export, with local times.</summary>
public sealed class ExportDraft
{
    /// <summary>True for the alert journal, false for the readings.</summary>
    public bool IsJournal { get; set; }

    /// <summary>True for NDJSON, false for CSV.</summary>
    public bool IsJson { get; set; }

    /// <summary>Start, local time.</summary>
    public DateTime? From { get; set; }

    /// <summary>End, local time.</summary>
    public DateTime? To { get; set; }

    /// <summary>Why the options are invalid, or null.</summary>
    public string? Fault => !WallClock.IsDate(From) || !WallClock.IsDate(To) ? "The range is missing." : From >= To ? "The range must end after it starts." : null;

    /// <summary>Creates it for a time range.</summary>
    public static ExportDraft Of(DateTimeOffset from, DateTimeOffset to, TimeZoneInfo zone) => new() { From = WallClock.Of(from, zone), To = WallClock.Of(to, zone).AddSeconds(1) };

    /// <summary>Address of the file, relative to the site; null while the options are invalid.</summary>
    /// <param name="sensorId">The sensor.</param>
    /// <param name="zone">Time zone of the local times.</param>
    public string? Address(string sensorId, TimeZoneInfo zone)
    {
        if (Fault is not null)
            return null;
        var (sensor, format) = (Uri.EscapeDataString(sensorId), IsJson ? "ndjson" : "csv");
        var range = $"from={Time(From!.Value, zone)}&to={Time(To!.Value, zone)}";
        return IsJournal ? $"api/v1/alerts/journal.{format}?{range}&sensor={sensor}" : $"api/v1/sensors/{sensor}/readings.{format}?{range}";
    }

    private static string Time(DateTime local, TimeZoneInfo zone) => IsoTime.Of(WallClock.At(local, zone));
}
