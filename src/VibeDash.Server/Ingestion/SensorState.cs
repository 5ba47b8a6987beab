using System.Collections.Immutable;
using VibeDash.Core.Alerts;
using VibeDash.Core.Sensors;

namespace VibeDash.Server.Ingestion;

/// <summary>What the event loop knows of a sensor. Owned by the event loop, which reads it anew from the database when a transaction has failed.</summary>
/// <param name="key">Its key in the database.</param>
/// <param name="facts">Facts of its latest event.</param>
/// <param name="latest">Its newest reading.</param>
internal sealed class SensorState(int key, SensorFacts facts, Reading latest)
{
    /// <summary>Its key in the database.</summary>
    public int Key => key;

    /// <summary>Facts of its latest event.</summary>
    public SensorFacts Facts { get; set; } = facts;

    /// <summary>Its newest reading.</summary>
    public Reading Latest { get; set; } = latest;

    /// <summary>Its pending and open alerts.</summary>
    public ImmutableArray<Alert> Alerts { get; set; } = [];

    /// <summary>Since when it was last said to be offline, or null: <see cref="SensorStatusChange"/>.</summary>
    public DateTimeOffset? OfflineSince { get; set; }
}
