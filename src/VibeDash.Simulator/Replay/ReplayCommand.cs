using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using VibeDash.Core.Readings;
using VibeDash.Simulator.Sending;

namespace VibeDash.Simulator.Replay;

/// <summary>The command line of a replay.</summary>
internal static class ReplayCommand
{
    private static readonly LevelColumn NoColumn = new() { Column = "", SensorId = "" };

    private static readonly Option<string> File = new("--file")
    {
        HelpName = "csv",
        Description = "The CSV file, UTF-8; its first row names the columns.",
        Required = true,
        Validators = { result => Check(result, System.IO.File.Exists, "a file that exists") },
    };

    private static readonly Option<string> Separator = new("--separator")
    {
        HelpName = "character",
        Description = "The character between two cells: , or ; or tab.",
        DefaultValueFactory = _ => ",",
        Validators = { result => Check(result, text => text is "," or ";" or "tab", ", or ; or tab") },
    };

    private static readonly Option<string> Time = new("--time")
    {
        HelpName = "column",
        Description = "The column with the timestamp of the row; UTC when it has no time zone.",
        DefaultValueFactory = _ => "timestamp",
    };

    private static readonly Option<string> TimeFormat = new("--time-format")
    {
        HelpName = "format",
        Description = "iso (2004-02-12T10:32:39, or with a space), seconds or milliseconds since the epoch, or a .NET format such as 'dd.MM.yyyy HH:mm:ss'.",
        DefaultValueFactory = _ => TimestampColumn.Iso,
        Validators =
        {
            result => Check(
                result, text => TimestampColumn.Create("", text, default) is not null, "iso, seconds, milliseconds, or a .NET format with date and time"),
        },
    };

    private static readonly Option<string?> Epoch = new("--epoch")
    {
        HelpName = "timestamp",
        Description = "The start of the count for seconds and milliseconds. Default: 1970-01-01T00:00:00Z.",
        Validators = { result => Check(result, text => TimestampColumn.TryReadIso(text, out _), "a timestamp such as 2011-04-01T09:39:39Z") },
    };

    private static readonly Option<string[]> Columns = new("--columns")
    {
        HelpName = "column=sensor...",
        Description = "The columns with levels and their sensors. A column can have settings of its own: 'column=sensor;unit=mm/s;baseline=2.8;multiplier=0.01;location=Hall 1, Pump 4'.",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
        Validators =
        {
            result =>
            {
                foreach (var token in result.Tokens)
                {
                    if (LevelColumn.Parse(token.Value, NoColumn, out var expected) is null)
                        result.AddError($"--columns '{token.Value}' is not allowed: expected {expected}.");
                }
            },
        },
    };

    private static readonly Option<string?> Unit = new("--unit")
    {
        HelpName = "text",
        Description = "The unit of columns for which --columns names none.",
        Validators = { result => Check(result, LevelColumn.IsUnit, $"1 to {VibrationEventParser.MaximumUnitLength} characters") },
    };

    private static readonly Option<double> Baseline = Number("--baseline", 0, LevelColumn.IsBaseline, "a number, 0 or more",
        "Level of the healthy machine, in the unit, of columns for which --columns names none. 0 is unknown: alert rules relative to the baseline are not evaluated.");

    private static readonly Option<double> Multiplier = Number("--multiplier", 1, LevelColumn.IsMultiplier, "a number above 0",
        "Factor that converts the numbers of the file to the unit, of columns for which --columns names none.");

    private static readonly Option<string> Location = new("--location")
    {
        HelpName = "text",
        Description = "Location of the sensors of columns for which --columns names none: 'Rig, Shaft 1' is the machine Shaft 1 at the place Rig.",
        DefaultValueFactory = _ => "",
        Validators = { result => Check(result, LevelColumn.IsLocation, "up to 256 characters") },
    };

    private static readonly Option<double> Speed = new("--speed")
    {
        HelpName = "factor|max",
        Description = "Speed relative to the measurement: with 60, an hour takes a minute. max does not wait.",
        Required = true,
        CustomParser = result => result.Tokens[0].Value == "max"
            ? double.PositiveInfinity
            : SendingArguments.Within(result, ReplayOptions.MinimumSpeed, ReplayOptions.MaximumSpeed, " or max") ?? 0,
    };

    /// <summary>The command. Exit code 0 when the whole file was read, published and acknowledged, 2 when the file cannot be read, else 1.</summary>
    public static Command Create(TimeProvider time)
    {
        var command = new Command(
            "replay",
            "Publish the rows of a CSV file as events with the timestamps of the file. Event ids are derived from sensor, timestamp and level, so a second replay gives duplicates only.")
        {
            File, Separator, Time, TimeFormat, Epoch, Columns, Unit, Baseline, Multiplier, Location, Speed,
        };
        SendingArguments.AddTo(command);
        command.Validators.Add(result =>
        {
            // A check across two options, which neither can do alone.
            foreach (var token in result.GetResult(Unit) is null && result.GetResult(Columns) is { } columns ? columns.Tokens : [])
            {
                if (LevelColumn.Parse(token.Value, NoColumn, out _) is { Unit: "" })
                    result.AddError($"--columns '{token.Value}' is not allowed without a unit: add ;unit=TEXT to it, or --unit for all columns.");
            }
        });
        command.SetAction((result, cancellationToken) => RunAsync(result, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult result, TimeProvider time, CancellationToken cancellationToken)
    {
        var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
        try
        {
            var path = result.GetValue(SendingArguments.AcknowledgedFile);
            await using var acknowledged = path is null ? StreamWriter.Null : new StreamWriter(path);
            var report = await CsvReplay.RunAsync(OptionsOf(result, acknowledged.WriteLine), time, output, cancellationToken);
            await output.WriteLineAsync($"Done after {report}.");
            return report.IsComplete ? 0 : 1;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            await error.WriteLineAsync(fault.Message);
            return 2;
        }
    }

    private static ReplayOptions OptionsOf(ParseResult result, Action<string> acknowledged)
    {
        var epoch = TimestampColumn.TryReadIso(result.GetValue(Epoch) ?? "", out var named) ? named.Value : DateTimeOffset.UnixEpoch;
        var defaults = NoColumn with
        {
            Unit = result.GetValue(Unit) ?? "",
            Baseline = result.GetValue(Baseline),
            Multiplier = result.GetValue(Multiplier),
            Location = result.GetRequiredValue(Location),
        };
        return new()
        {
            File = result.GetRequiredValue(File),
            Separator = result.GetRequiredValue(Separator) is "tab" ? '\t' : result.GetRequiredValue(Separator)[0],
            Time = TimestampColumn.Create(result.GetRequiredValue(Time), result.GetRequiredValue(TimeFormat), epoch)!,
            Columns = [.. result.GetRequiredValue(Columns).Select(mapping => LevelColumn.Parse(mapping, defaults, out _)!)],
            Speed = result.GetRequiredValue(Speed),
            Broker = result.GetRequiredValue(SendingArguments.Broker),
            User = result.GetValue(SendingArguments.User),
            Password = result.GetValue(SendingArguments.Password),
            Window = result.GetValue(SendingArguments.Window),
            Acknowledged = acknowledged,
        };
    }

    private static Option<double> Number(string name, double defaultValue, Func<double, bool> isAllowed, string allowed, string description) => new(name)
    {
        HelpName = "number",
        Description = description,
        DefaultValueFactory = _ => defaultValue,
        CustomParser = result =>
        {
            if (!double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !isAllowed(number))
                SendingArguments.Refuse(result, allowed);
            return number;
        },
    };

    private static void Check(OptionResult result, Func<string, bool> isAllowed, string allowed)
    {
        if (result.GetValueOrDefault<string>() is { } text && !isAllowed(text))
            result.AddError($"{result.Option.Name} '{text}' is not allowed: expected {allowed}.");
    }
}
