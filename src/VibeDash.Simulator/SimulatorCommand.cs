using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using VibeDash.Simulator.Events;
using VibeDash.Simulator.Sending;

namespace VibeDash.Simulator;

/// <summary>The simulator's command line.</summary>
public static class SimulatorCommand
{
    private static readonly Option<int> Sensors = Number("--sensors", Fleet.DemoSize, 1, Fleet.MaximumSize,
        $"Number of sensors. The first {Fleet.DemoSize} are the demo's; further ones are made up, mostly healthy.");

    private static readonly Option<double?> Rate = new("--rate")
    {
        HelpName = "events/s",
        Description = "Events a second, over all sensors together; a sensor that is silent for a while leaves out its share. Without it: one a second for every sensor.",
        CustomParser = result => Within(result, 0.001, SimulatorOptions.MaximumRate),
    };

    private static readonly Option<double> Duration = new("--duration")
    {
        HelpName = "seconds",
        Description = "How long to send; 0 is until Ctrl+C.",
        DefaultValueFactory = _ => 0,
        CustomParser = result => Within(result, 0, SimulatorOptions.MaximumDuration) ?? 0,
    };

    private static readonly Option<BrokerAddress> Broker = new("--broker")
    {
        HelpName = "host:port",
        Description = "The MQTT broker.",
        DefaultValueFactory = _ => new("127.0.0.1"),
        CustomParser = result =>
        {
            if (!BrokerAddress.TryParse(result.Tokens[0].Value, out var address))
                Refuse(result, "host or host:port, with a port from 1 to 65535");
            return address;
        },
    };

    private static readonly Option<int> Seed = Number("--seed", 1, int.MinValue, int.MaxValue,
        "Decides everything random: the same seed and start time give the same events.");

    private static readonly Option<int> Window = Number("--window", 500, 1, SimulatorOptions.MaximumWindow,
        "Most events sent and not yet acknowledged. A broker may ask for fewer.");

    private static readonly Option<int> Connections = Number("--connections", 1, 1, SimulatorOptions.MaximumConnections,
        "Connections to the broker, each with a window of its own. The events of one sensor go over one of them.");

    private static readonly Option<string?> User = new("--user") { HelpName = "name", Description = "User name at the broker." };

    private static readonly Option<string?> Password = new("--password") { HelpName = "password", Description = "Password at the broker; needs --user." };

    private static readonly Option<string?> AcknowledgedFile = new("--acknowledged")
    {
        HelpName = "file",
        Description = "Write the id of every acknowledged event to this file, one a line.",
        Validators =
        {
            result =>
            {
                var path = result.GetValueOrDefault<string?>();
                if (string.IsNullOrWhiteSpace(path) || Directory.Exists(path) || !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
                    result.AddError($"--acknowledged '{path}' is not allowed: expected a file in a folder that exists.");
            },
        },
    };

    /// <summary>The command: runs a fleet, and ends with 0 when all that was published was acknowledged, 1 when not.</summary>
    public static RootCommand Create(TimeProvider time)
    {
        var command = new RootCommand(
            "Machines with vibration sensors that publish to an MQTT broker: a believable plant, or as much load as you ask for.")
        {
            Sensors, Rate, Duration, Broker, User, Password, Seed, Window, Connections, AcknowledgedFile,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(Password) is not null && result.GetResult(User) is null)
                result.AddError("--password is not allowed without --user.");
        });
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

    private static Option<int> Number(string name, int defaultValue, int minimum, int maximum, string description) => new(name)
    {
        HelpName = "number",
        Description = description,
        DefaultValueFactory = _ => defaultValue,
        CustomParser = result =>
        {
            if (!int.TryParse(result.Tokens[0].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                || number < minimum || number > maximum)
                Refuse(result, string.Create(CultureInfo.InvariantCulture, $"a whole number from {minimum} to {maximum}"));
            return number;
        },
    };

    private static double? Within(ArgumentResult result, double minimum, double maximum)
    {
        if (!double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            || !(number >= minimum && number <= maximum))
            Refuse(result, string.Create(CultureInfo.InvariantCulture, $"a number from {minimum} to {maximum}"));
        return number;
    }

    private static void Refuse(ArgumentResult result, string allowed)
    {
        var option = ((OptionResult)result.Parent!).Option.Name;
        result.AddError($"{option} '{result.Tokens[0].Value}' is not allowed: expected {allowed}.");
    }
}
