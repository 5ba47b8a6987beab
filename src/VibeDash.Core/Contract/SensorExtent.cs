namespace VibeDash.Core.Contract;

/// <summary>What the server keeps of a sensor.</summary>
/// <param name="SensorId">The sensor.</param>
/// <param name="Readings">Number of its readings, those that are kept in rollups only included.</param>
/// <param name="Alerts">Number of its alerts.</param>
/// <param name="OpenAlerts">Number of its alerts that are open.</param>
/// <param name="Notes">Number of its notes.</param>
/// <param name="FormerIds">Its former ids: messages with them are read as its own.</param>
public sealed record SensorExtent(string SensorId, long Readings, int Alerts, int OpenAlerts, int Notes, string[] FormerIds)
{
    /// <summary>Maximum number of single readings that are moved to another sensor, in one commit: about half a second.</summary>
    public const int MaximumMoved = 50_000;
}
