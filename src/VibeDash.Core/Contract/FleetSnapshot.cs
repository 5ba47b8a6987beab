using VibeDash.Core.Alerts;

namespace VibeDash.Core.Contract;

/// <summary>The initial state of a page, taken between two commits.</summary>
/// <param name="ServerTime">Server time, so that ages do not depend on the browser's clock.</param>
/// <param name="JournalPosition">Last alert journal entry covered by this snapshot.</param>
/// <param name="Sensors">All sensors, in no particular order.</param>
/// <param name="OpenAlerts">All open alerts, shelved and suppressed ones included, in no particular order.</param>
/// <param name="Status">State of the server.</param>
public sealed record FleetSnapshot(
    DateTimeOffset ServerTime, long JournalPosition, SensorSnapshot[] Sensors, Alert[] OpenAlerts, ServerStatus Status);
