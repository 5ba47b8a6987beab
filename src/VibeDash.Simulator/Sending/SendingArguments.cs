using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace VibeDash.Simulator.Sending;

/// <summary>The command line options that load and replay share, and helpers to parse options.</summary>
internal static class SendingArguments
{
    public static readonly Option<BrokerAddress> Broker = new("--broker")
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

    public static readonly Option<int> Window = Number("--window", 500, 1, SendingOptions.MaximumWindow,
        "Maximum number of events in flight: sent and not yet acknowledged. The broker may allow fewer.");

    public static readonly Option<string?> User = new("--user") { HelpName = "name", Description = "User name for the broker." };

    public static readonly Option<string?> Password = new("--password") { HelpName = "password", Description = "Password for the broker; requires --user." };

    public static readonly Option<string?> AcknowledgedFile = new("--acknowledged")
    {
        HelpName = "file",
        Description = "Write the id of every acknowledged event to this file, one per line.",
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

    public static Option<int> Number(string name, int defaultValue, int minimum, int maximum, string description) => new(name)
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

    public static double? Within(ArgumentResult result, double minimum, double maximum, string otherwise = "")
    {
        if (!double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            || !(number >= minimum && number <= maximum))
            Refuse(result, string.Create(CultureInfo.InvariantCulture, $"a number from {minimum} to {maximum}{otherwise}"));
        return number;
    }

    public static void Refuse(ArgumentResult result, string allowed)
    {
        var option = ((OptionResult)result.Parent!).Option.Name;
        result.AddError($"{option} '{result.Tokens[0].Value}' is not allowed: expected {allowed}.");
    }

    /// <summary>Adds the shared options to a command.</summary>
    public static void AddTo(Command command)
    {
        foreach (var option in (Option[])[Broker, User, Password, Window, AcknowledgedFile])
            command.Options.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetResult(Password) is not null && result.GetResult(User) is null)
                result.AddError("--password is not allowed without --user.");
        });
    }
}
