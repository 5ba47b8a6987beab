using System.Globalization;
using VibeDash.Client.Ui;
using VibeDash.Core.Alerts;
using VibeDash.Core.Contract;

namespace VibeDash.Client.Alerts;

/// <summary>What a person has entered in the dialog so far. Not thread-safe.</summary>
public sealed class ActionDraft
{
    /// <summary>Value of <see cref="End"/> for an end that <see cref="EndTime"/> gives.</summary>
    public const string OtherEnd = "until";

    /// <summary>Who acts.</summary>
    public string By { get; set; } = "";

    /// <summary>Note, reason or comment.</summary>
    public string Note { get; set; } = "";

    /// <summary>The owner.</summary>
    public string Owner { get; set; } = "";

    /// <summary>When it ends: minutes from now, <see cref="OtherEnd"/>, or empty for no end.</summary>
    public string End { get; set; } = "";

    /// <summary>The end by the clock of the person.</summary>
    public DateTime? EndTime { get; set; }

    /// <summary>What the dialog begins with.</summary>
    /// <param name="trigger">What is done.</param>
    /// <param name="alerts">To which alerts.</param>
    /// <param name="maximumShelving">For how long an alert may be shelved.</param>
    public static ActionDraft For(AlertTrigger trigger, IReadOnlyList<Alert> alerts, TimeSpan maximumShelving) => new()
    {
        End = trigger == AlertTrigger.Shelved ? Math.Min(60, maximumShelving.TotalMinutes).ToString(CultureInfo.InvariantCulture) : "",
        Owner = trigger == AlertTrigger.Assigned && alerts.Select(alert => alert.Owner).Distinct().ToList() is [{ } owner] ? owner : "",
    };

    /// <summary>For how long an alert can be shelved: usual times up to the longest, and the longest.</summary>
    public static IEnumerable<(string Minutes, string Text)> Shelvings(TimeSpan maximum) => new double[] { 15, 60, 240, 480, 1440 }
        .Where(minutes => minutes < maximum.TotalMinutes).Append(maximum.TotalMinutes).TakeLast(4)
        .Select(minutes => (minutes.ToString(CultureInfo.InvariantCulture), minutes < 60 ? $"{minutes:0.##} min" : minutes == 60 ? "1 hour" : $"{minutes / 60:0.##} hours"));

    /// <summary>What is missing, in one sentence, or null; the rest is for the server to judge.</summary>
    public string? Fault(AlertTrigger trigger) => this switch
    {
        _ when string.IsNullOrWhiteSpace(By) => "Your name is missing.",
        _ when trigger == AlertTrigger.Shelved && string.IsNullOrWhiteSpace(Note) => "The reason is missing.",
        _ when trigger == AlertTrigger.Commented && string.IsNullOrWhiteSpace(Note) => "The comment is missing.",
        { End: OtherEnd } when !WallClock.IsDate(EndTime) => "Say until when.",
        _ => null,
    };

    /// <summary>What is sent.</summary>
    /// <param name="trigger">What is done.</param>
    /// <param name="alerts">To which alerts; one without an id is a kind that is not raised.</param>
    /// <param name="now">The server's clock.</param>
    /// <param name="zone">Where the person is.</param>
    public AlertAction Action(AlertTrigger trigger, IReadOnlyList<Alert> alerts, DateTimeOffset now, TimeZoneInfo zone) => new(trigger, By.Trim())
    {
        AlertIds = [.. alerts.Select(alert => alert.Id).Where(id => id > 0)],
        SensorId = alerts.FirstOrDefault(alert => alert.Id == 0)?.SensorId,
        Kind = alerts.FirstOrDefault(alert => alert.Id == 0)?.Kind,
        Note = Text(Note),
        Owner = trigger is AlertTrigger.Acknowledged or AlertTrigger.Assigned ? Text(Owner) : null,
        Until = trigger is AlertTrigger.Acknowledged or AlertTrigger.Shelved ? Until(now, zone) : null,
    };

    private static string? Text(string text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private DateTimeOffset? Until(DateTimeOffset now, TimeZoneInfo zone) =>
        double.TryParse(End, CultureInfo.InvariantCulture, out var minutes) ? now.AddMinutes(minutes)
        : End == OtherEnd && EndTime is { } local ? WallClock.At(local, zone)
        : null;
}
