using VibeDash.Core.Readings;
using VibeDash.Demo.Machines;

namespace VibeDash.Demo.Events;

/// <summary>The twelve sensors of the demo: two on each of six machines in three places.</summary>
/// <remarks>The first machine crosses its Warning threshold about 50 s after the start and its Critical threshold after about 80 s.</remarks>
internal static class DemoMachines
{
    private const string DriveEnd = "-DE";
    private const string NonDriveEnd = "-NDE";
    private const double NonDriveEndCoupling = 0.35;

    public static IReadOnlyList<SimulatedSensor> Sensors { get; } =
    [
        .. Machine("VB-42101", "Motor Assembly Line B, Conveyor Unit 4", "VibroMonitor Pro X1", "2026-06-15", 4.0,
            new WearingBearing(TimeSpan.FromSeconds(80))),
        .. Machine("VB-42102", "Motor Assembly Line B, Stamping Press 2", "VibroMonitor Pro X1", "2026-03-02", 6.5,
            new Shifts(TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(1))),
        .. Machine("VB-51001", "Pump House, Cooling Water Pump 1", "VibroMonitor Lite S", "2025-11-20", 2.2,
            new Healthy(), other: new GoingSilent(TimeSpan.FromSeconds(150), TimeSpan.FromSeconds(90))),
        .. Machine("VB-51002", "Pump House, Cooling Water Pump 2", "VibroMonitor Lite S", "2025-11-20", 2.4,
            new WearingBearing(TimeSpan.FromMinutes(9))),
        .. Machine("VB-60031", "Utilities, Compressor 3", "VibroMonitor Pro X2", "2026-01-12", 5.1,
            new Ramping(TimeSpan.FromMinutes(3))),
        .. Machine("VB-60047", "Utilities, Exhaust Fan 7", "VibroMonitor Pro X2", "2024-08-30", 3.3,
            new Chattering(TimeSpan.FromSeconds(200), TimeSpan.FromSeconds(40)), other: new Healthy()),
    ];

    private static SimulatedSensor[] Machine(
        string id, string location, string model, string calibrated, double baseline, IMachineBehavior behavior, IMachineBehavior? other = null)
    {
        var facts = new SensorFacts(location, model, DateOnly.ParseExact(calibrated, "yyyy-MM-dd"), EventPayload.Source, EventPayload.Version);
        return
        [
            new(id + DriveEnd, facts, baseline, behavior),
            new(id + NonDriveEnd, facts, Math.Round(baseline * 0.85, 1), other ?? behavior, other is null ? NonDriveEndCoupling : 1),
        ];
    }
}
