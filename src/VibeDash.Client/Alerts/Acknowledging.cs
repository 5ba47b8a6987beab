using VibeDash.Core.Alerts;

namespace VibeDash.Client.Alerts;

/// <summary>Opens the one acknowledge dialog of the page, from wherever an alert is shown.</summary>
public sealed class Acknowledging
{
    /// <summary>An alert is to be acknowledged: ask for the note.</summary>
    public event Action<Alert>? Asked;

    /// <summary>An alert was acknowledged from this page; the argument is the alert after it.</summary>
    public event Action<Alert>? Done;

    /// <summary>Opens the dialog for <paramref name="alert"/>.</summary>
    public void Ask(Alert alert) => Asked?.Invoke(alert);

    /// <summary>Says that <paramref name="alert"/> is acknowledged now.</summary>
    public void Finish(Alert alert) => Done?.Invoke(alert);
}
