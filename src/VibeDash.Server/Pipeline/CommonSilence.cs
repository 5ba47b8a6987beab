using VibeDash.Core.Alerts;

namespace VibeDash.Server.Pipeline;

/// <summary>A silence that several sensors have in common, with its one alert. Owned by the event loop.</summary>
/// <param name="watch">Holds the alert; without rules.</param>
internal sealed class CommonSilence(SensorWatch watch)
{
    /// <summary>Holds the alert.</summary>
    public SensorWatch Watch => watch;

    /// <summary>The alert while it is open, or null.</summary>
    public Alert? Alert => watch.Find(ConditionKind.NoData);

    /// <summary>True while the condition of the alert holds.</summary>
    public bool IsActive => Alert is { Facts.IsActive: true };

    /// <summary>Its sensors, each with the server time at which it joined.</summary>
    public Dictionary<SensorState, DateTimeOffset> Members { get; } = [];

    /// <summary>Server time at which it ended: those that are still silent have their limit from then on.</summary>
    public DateTimeOffset EndedAt { get; set; }
}
