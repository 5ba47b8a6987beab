using System.CommandLine;
using VibeDash.Demo.Events;
using VibeDash.Simulator.Load;
using VibeDash.Simulator.Replay;
using VibeDash.Simulator.Sending;
using static VibeDash.Simulator.Sending.SendingArguments;

namespace VibeDash.Simulator;

/// <summary>The simulator's command line.</summary>
public static class SimulatorCommand
{
    private static readonly Option<int> Sensors = Number("--sensors", SimulatedFleet.DemoSize, 1, SimulatedFleet.MaximumSize,
        $"Number of sensors. The first {SimulatedFleet.DemoSize} are those of the demo; the others are generated, most of them on healthy machines.");

    private static readonly Option<double?> Rate = new("--rate")
    {
        HelpName = "events/s",
        Description = "Events per second, of all sensors together; the share of a silent sensor is left out. Default: one per second and sensor.",
        CustomParser = result => Within(result, 0.001, SimulatorOptions.MaximumRate),
    };

    private static readonly Option<double> Duration = new("--duration")
    {
        HelpName = "seconds",
        Description = "Duration of the run; 0 runs until Ctrl+C.",
        DefaultValueFactory = _ => 0,
        CustomParser = result => Within(result, 0, SimulatorOptions.MaximumDuration) ?? 0,
    };

    private static readonly Option<int> Seed = Number("--seed", 1, int.MinValue, int.MaxValue,
        "Seed of all random numbers: the same seed and start time give the same events.");

    private static readonly Option<int> Connections = Number("--connections", 1, 1, SimulatorOptions.MaximumConnections,
        "Connections to the broker, each with its own window. A sensor always uses the same connection.");

    /// <summary>The command: sends the events of a fleet, or with <c>replay</c> those of a file. Exit code 0 when all published events were acknowledged, else 1.</summary>
    public static RootCommand Create(TimeProvider time)
    {
        var command = new RootCommand(
            "Simulated machines whose vibration sensors publish to an MQTT broker, at a realistic rate or as a load test.")
        {
            Sensors, Rate, Duration, Seed, Connections, ReplayCommand.Create(time),
        };
        SendingArguments.AddTo(command);
        command.SetAction((result, cancellationToken) => RunAsync(result, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, TimeProvider time, CancellationToken cancellationToken)
    {
        var output = result.InvocationConfiguration.Output;
        var path = result.GetValue(AcknowledgedFile);
        await using var acknowledged = path is null ? StreamWriter.Null : new StreamWriter(path);
        var options = new SimulatorOptions
        {
            Sensors = result.GetValue(Sensors),
            Rate = result.GetValue(Rate),
            Duration = TimeSpan.FromSeconds(result.GetValue(Duration)),
            Broker = result.GetRequiredValue(Broker),
            User = result.GetValue(User),
            Password = result.GetValue(Password),
            Seed = result.GetValue(Seed),
            Window = result.GetValue(Window),
            Connections = result.GetValue(Connections),
            Acknowledged = acknowledged.WriteLine,
        };

        var report = await FleetSimulator.RunAsync(options, time, output, cancellationToken);
        await output.WriteLineAsync($"Done after {report}.");
        return report is { Unacknowledged: 0 } ? 0 : 1;
    }
}
