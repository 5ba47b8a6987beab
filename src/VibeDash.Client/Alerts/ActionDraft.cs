using System.Globalization;
using VibeDash.Client.Ui;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;

namespace VibeDash.Client.Alerts;

/// <summary>The input of the alert dialog. Not thread-safe.</summary>
public sealed class ActionDraft
{
    /// <summary>Value of <see cref="End"/> when <see cref="EndTime"/> is the end.</summary>
    public const string OtherEnd = "until";

    /// <summary>Note, reason or comment.</summary>
    public string Note { get; set; } = "";

    /// <summary>The owner.</summary>
    public string Owner { get; set; } = "";

    /// <summary>The end: minutes from now, <see cref="OtherEnd"/>, or empty for none.</summary>
    public string End { get; set; } = "";

    /// <summary>The end in local time.</summary>
    public DateTime? EndTime { get; set; }

    /// <summary>The initial input.</summary>
    /// <param name="trigger">The action.</param>
    /// <param name="alerts">The alerts.</param>
    /// <param name="maximumShelving">Maximum time an alert may be shelved.</param>
    public static ActionDraft For(AlertTrigger trigger, IReadOnlyList<Alert> alerts, TimeSpan maximumShelving) => new()
    {
        End = trigger == AlertTrigger.Shelved ? Math.Min(60, maximumShelving.TotalMinutes).ToString(CultureInfo.InvariantCulture) : "",
        Owner = trigger == AlertTrigger.Assigned && alerts.Select(alert => alert.Owner).Distinct().ToList() is [{ } owner] ? owner : "",
    };

    /// <summary>The offered times of shelving: usual ones below the maximum, and the maximum.</summary>
    public static IEnumerable<(string Minutes, string Text)> Shelvings(TimeSpan maximum) => new double[] { 15, 60, 240, 480, 1440 }
        .Where(minutes => minutes < maximum.TotalMinutes).Append(maximum.TotalMinutes).TakeLast(4)
        .Select(minutes => (minutes.ToString(CultureInfo.InvariantCulture), minutes < 60 ? $"{minutes:0.##} min" : minutes == 60 ? "1 hour" : $"{minutes / 60:0.##} hours"));

    /// <summary>A missing input, in one sentence; null when there is none. The server checks the rest.</summary>
    public string? Fault(AlertTrigger trigger) => this switch
    {
        _ when trigger == AlertTrigger.Shelved && string.IsNullOrWhiteSpace(Note) => "The reason is missing.",
        _ when trigger == AlertTrigger.Commented && string.IsNullOrWhiteSpace(Note) => "The comment is missing.",
        { End: OtherEnd } when !WallClock.IsDate(EndTime) => "The end is missing.",
        _ => null,
    };

    /// <summary>The action to send.</summary>
    /// <param name="trigger">The action.</param>
    /// <param name="alerts">The alerts; one without an id is a kind of alert that is not raised.</param>
    /// <param name="now">The server's clock.</param>
    /// <param name="zone">The person's time zone.</param>
    public AlertAction Action(AlertTrigger trigger, IReadOnlyList<Alert> alerts, DateTimeOffset now, TimeZoneInfo zone) => new(trigger)
    {
        AlertIds = [.. alerts.Select(alert => alert.Id).Where(id => id > 0)],
        SensorId = alerts.FirstOrDefault(alert => alert.Id == 0)?.SensorId,
        Kind = alerts.FirstOrDefault(alert => alert.Id == 0)?.Kind,
        Note = Text(Note),
        Owner = trigger is AlertTrigger.Acknowledged or AlertTrigger.Assigned ? Text(Owner) : null,
        Until = trigger is AlertTrigger.Acknowledged or AlertTrigger.Shelved ? Until(now, zone) : null,
    };

    /// <summary>The acknowledgement of all alerts that match.</summary>
    /// <param name="filter">Selects them.</param>
    /// <param name="upTo">Journal position up to which the person has seen them.</param>
    /// <param name="now">The server's clock.</param>
    /// <param name="zone">The person's time zone.</param>
    public AlertBulkAcknowledgement Acknowledgement(AlertCriteria filter, long upTo, DateTimeOffset now, TimeZoneInfo zone) => new(filter, upTo)
    {
        Note = Text(Note),
        Owner = Text(Owner),
        Until = Until(now, zone),
    };

    private static string? Text(string text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private DateTimeOffset? Until(DateTimeOffset now, TimeZoneInfo zone) =>
        double.TryParse(End, CultureInfo.InvariantCulture, out var minutes) ? now.AddMinutes(minutes)
        : End == OtherEnd && EndTime is { } local ? WallClock.At(local, zone)
        : null;
}
