using VibeDash.Client.Ui;
using VibeDash.Core.Alerts;

namespace VibeDash.Client.Alerts;

/// <summary>How what a person does to alerts is put in words.</summary>
public static class ActionText
{
    /// <summary>What a button that does it says.</summary>
    public static string Verb(AlertTrigger trigger) => trigger switch
    {
        AlertTrigger.Acknowledged => "Acknowledge",
        AlertTrigger.Shelved => "Shelve",
        AlertTrigger.Unshelved => "Unshelve",
        AlertTrigger.Assigned => "Assign",
        _ => "Comment",
    };

    /// <summary>What has been done.</summary>
    public static string Done(AlertTrigger trigger) => trigger switch
    {
        AlertTrigger.Commented => "commented on",
        _ => trigger.ToString().ToLowerInvariant(),
    };

    /// <summary>What the dialog is for.</summary>
    public static string Heading(AlertTrigger trigger, int alerts) =>
        $"{Verb(trigger)}{(trigger == AlertTrigger.Commented ? " on" : "")} {(alerts == 1 ? "alert" : $"{Numbers.Count(alerts)} alerts")}";

    /// <summary>What a button that does it says to those who do not see what it stands beside.</summary>
    public static string Label(AlertTrigger trigger, Alert alert) => trigger switch
    {
        AlertTrigger.Commented => $"Comment on the {alert.Severity} alert on {alert.SensorId}",
        _ => $"{Verb(trigger)} the {alert.Severity} alert on {alert.SensorId}",
    };

    /// <summary>Why it cannot be done any more, and who was faster; null when it can.</summary>
    /// <param name="trigger">What is to be done.</param>
    /// <param name="alert">The alert as it is now.</param>
    /// <param name="now">The server's clock.</param>
    public static string? Overtaken(AlertTrigger trigger, Alert alert, DateTimeOffset now)
    {
        if (AlertActions.IsPossible(trigger, alert))
            return null;
        return alert switch
        {
            { State: AlertState.Normal } => $"This alert is back to normal{Ago(alert.EndedAt)}.{(alert.Acknowledgement is { } earlier ? $" {earlier.By} had acknowledged it." : "")}",
            { State: AlertState.OutOfService } => "Its sensor or machine is out of service.",
            { State: AlertState.Shelved, Shelving: { } shelving } => $"Already shelved by {shelving.By}{Ago(shelving.At)}. Reason: {shelving.Reason}",
            { State: AlertState.SuppressedByDesign } when trigger == AlertTrigger.Acknowledged => "It is suppressed while the machine stands still.",
            { Acknowledgement: { } given } when trigger == AlertTrigger.Acknowledged =>
                $"Already acknowledged by {given.By}{Ago(given.At)}.{(given.Note is null ? "" : $" Note: {given.Note}")}",
            _ when trigger == AlertTrigger.Unshelved => "It is not shelved any more.",
            _ => $"This is not possible any more: the alert is {AlertText.State(alert.State).ToLowerInvariant()}.",
        };

        string Ago(DateTimeOffset? time) => time is { } at ? $" {DurationText.Ago(now - at)}" : "";
    }
}
