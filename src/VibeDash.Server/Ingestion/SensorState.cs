using System.Collections.Immutable;
using VibeDash.Core.Alerts;
using VibeDash.Core.Sensors;

namespace VibeDash.Server.Ingestion;

/// <summary>What the event loop knows of a sensor. Immutable, so that a failed transaction leaves no trace.</summary>
/// <param name="Key">Its key in the database.</param>
/// <param name="Facts">Facts of its latest event.</param>
/// <param name="Latest">Its newest reading.</param>
/// <param name="Alerts">Its pending and open alerts.</param>
internal sealed record SensorState(int Key, SensorFacts Facts, Reading Latest, ImmutableArray<Alert> Alerts)
{
    /// <summary>Since when it was last said to be offline, or null: <see cref="SensorStatusChange"/>.</summary>
    public DateTimeOffset? OfflineSince { get; init; }
}
