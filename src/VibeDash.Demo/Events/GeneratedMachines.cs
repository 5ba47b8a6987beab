using System.Globalization;
using VibeDash.Core.Readings;
using VibeDash.Demo.Machines;

namespace VibeDash.Demo.Events;

/// <summary>Generates the sensors of a large fleet beyond those of the demo: two on a machine, eight machines in a line. About 19 of 20 machines have no fault.</summary>
internal static class GeneratedMachines
{
    private static readonly string[] Kinds = ["Conveyor", "Pump", "Gearbox", "Fan", "Compressor", "Spindle", "Mixer", "Centrifuge"];
    private static readonly string[] Models = ["VibroMonitor Pro X1", "VibroMonitor Pro X2", "VibroMonitor Lite S"];

    /// <summary>The sensor with a number, from 0; the same noise and number give the same sensor.</summary>
    public static SimulatedSensor Sensor(Noise noise, int number)
    {
        var machine = number / 2;
        var line = machine / 8;
        var end = number % 2 == 0 ? "DE" : "NDE";
        var traits = noise.Branch(machine);

        // Not relative to today, so that every run gives the same sensors.
        var calibrated = new DateOnly(2025, 10, 1).AddDays((int)(traits.Uniform(0) * 365));
        var location = string.Create(CultureInfo.InvariantCulture, $"Hall {(line / 4) + 1}, Line {(line % 4) + 1}, {Kinds[machine % 8]} {line + 1}");
        var facts = new SensorFacts(location, Models[(int)(traits.Uniform(1) * Models.Length)], calibrated, EventPayload.Source, EventPayload.Version);
        var id = string.Create(CultureInfo.InvariantCulture, $"VB-{70_000 + machine}-{end}");
        var baseline = Math.Round(1.5 + (6 * traits.Uniform(2)), 1);
        return new(id, facts, baseline, Behavior(traits.Uniform(3)), end == "DE" ? 1 : 0.35, TimeSpan.FromSeconds(600 * traits.Uniform(4)));
    }

    private static IMachineBehavior Behavior(double uniform) => uniform switch
    {
        < 0.83 => new Healthy(),
        < 0.91 => new Shifts(TimeSpan.FromMinutes(12), TimeSpan.FromMinutes(4)),
        < 0.96 => new Ramping(TimeSpan.FromMinutes(5)),
        < 0.98 => new WearingBearing(TimeSpan.FromMinutes(10)),
        < 0.99 => new GoingSilent(TimeSpan.FromMinutes(8), TimeSpan.FromMinutes(2)),
        _ => new Chattering(TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(1)),
    };
}
