using VibeDash.Client.Ui;
using VibeDash.Core.Alerts;

namespace VibeDash.Client.Alerts;

/// <summary>Texts about actions on alerts.</summary>
public static class ActionText
{
    /// <summary>Text of the action's button.</summary>
    public static string Verb(AlertTrigger trigger) => trigger switch
    {
        AlertTrigger.Acknowledged => "Acknowledge",
        AlertTrigger.Shelved => "Shelve",
        AlertTrigger.Unshelved => "Unshelve",
        AlertTrigger.Assigned => "Assign",
        _ => "Comment",
    };

    /// <summary>The action as a participle.</summary>
    public static string Done(AlertTrigger trigger) => trigger switch
    {
        AlertTrigger.Commented => "commented on",
        _ => trigger.ToString().ToLowerInvariant(),
    };

    /// <summary>Heading of the dialog.</summary>
    public static string Heading(AlertTrigger trigger, int alerts) =>
        $"{Verb(trigger)}{(trigger == AlertTrigger.Commented ? " on" : "")} {(alerts == 1 ? "alert" : $"{Numbers.Count(alerts)} alerts")}";

    /// <summary>Heading of the dialog for all alerts that match a filter.</summary>
    public static string HeadingOfAll(int alerts) => alerts == 1 ? "Acknowledge the alert that matches" : $"Acknowledge all {Numbers.Count(alerts)} alerts that match";

    /// <summary>Label of the action's button for screen readers.</summary>
    public static string Label(AlertTrigger trigger, Alert alert) => trigger switch
    {
        AlertTrigger.Commented => $"Comment on the {alert.Severity} alert on {AlertText.Subject(alert)}",
        _ => $"{Verb(trigger)} the {alert.Severity} alert on {AlertText.Subject(alert)}",
    };

    /// <summary>Why the action is no longer possible, and by whose action; null when it is possible.</summary>
    /// <param name="trigger">The action.</param>
    /// <param name="alert">The alert in its current state.</param>
    /// <param name="now">The server's clock.</param>
    public static string? Overtaken(AlertTrigger trigger, Alert alert, DateTimeOffset now)
    {
        if (AlertActions.IsPossible(trigger, alert))
            return null;
        return alert switch
        {
            { State: AlertState.Normal, IsUnevaluated: true } => $"This alert has ended{Ago(alert.EndedAt)}: no rule evaluates it any more.",
            { State: AlertState.Normal } => $"This alert is back to normal{Ago(alert.EndedAt)}.{(alert.Acknowledgement is { } earlier ? $" {earlier.By} had acknowledged it." : "")}",
            { State: AlertState.OutOfService } => "Its sensor or machine is out of service.",
            { State: AlertState.Shelved, Shelving: { } shelving } => $"Already shelved by {shelving.By}{Ago(shelving.At)}. Reason: {shelving.Reason}",
            { State: AlertState.SuppressedByDesign } when trigger == AlertTrigger.Acknowledged => "It is suppressed while the machine is stopped.",
            { Acknowledgement: { } given } when trigger == AlertTrigger.Acknowledged =>
                $"Already acknowledged by {given.By}{Ago(given.At)}.{(given.Note is null ? "" : $" Note: {given.Note}")}",
            _ when trigger == AlertTrigger.Unshelved => "It is no longer shelved.",
            _ => $"This is no longer possible: the alert is {AlertText.State(alert.State).ToLowerInvariant()}.",
        };

        string Ago(DateTimeOffset? time) => time is { } at ? $" {DurationText.Ago(now - at)}" : "";
    }
}
