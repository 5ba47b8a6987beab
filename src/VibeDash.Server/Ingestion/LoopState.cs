using VibeDash.Core.Alerts;
using VibeDash.Server.Data;

namespace VibeDash.Server.Ingestion;

/// <summary>What the event loop knows: always what the last commit left in the database. Owned by the event loop.</summary>
internal sealed class LoopState
{
    /// <summary>All sensors by id.</summary>
    public Dictionary<string, SensorState> Sensors { get; } = new(StringComparer.Ordinal);

    /// <summary>The sensor of each open alert.</summary>
    public Dictionary<long, string> SensorOfOpenAlert { get; } = [];

    /// <summary>The rules in force.</summary>
    public required IReadOnlyList<AlertRule> Rules { get; init; }

    /// <summary>Last committed numbers of the journal.</summary>
    public required JournalNumbers Numbers { get; set; }

    /// <summary>Highest sensor key in use.</summary>
    public int LastSensorKey { get; set; }

    /// <summary>What there is of dead letters.</summary>
    public DeadLetterTotals DeadLetters { get; set; }
}
