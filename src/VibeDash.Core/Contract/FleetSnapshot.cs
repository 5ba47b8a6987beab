using VibeDash.Core.Alerts;

namespace VibeDash.Core.Contract;

/// <summary>Everything a page shows at first, taken between two commits.</summary>
/// <param name="ServerTime">The server's clock, to show ages by it and not by the browser's.</param>
/// <param name="JournalPosition">Last alert journal entry this snapshot covers.</param>
/// <param name="Sensors">All sensors, in no particular order.</param>
/// <param name="OpenAlerts">All open alerts, shelved and suppressed ones included, in no particular order.</param>
/// <param name="Status">State of the server.</param>
public sealed record FleetSnapshot(
    DateTimeOffset ServerTime, long JournalPosition, SensorSnapshot[] Sensors, Alert[] OpenAlerts, ServerStatus Status);
