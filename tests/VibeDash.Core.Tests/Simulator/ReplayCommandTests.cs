using System.CommandLine;
using VibeDash.Simulator;
using VibeDash.Simulator.Replay;

namespace VibeDash.Core.Tests.Simulator;

public sealed class ReplayCommandTests
{
    private static readonly string File = typeof(ReplayCommandTests).Assembly.Location;

    [Theory]
    [InlineData("--file", "/no/such/file.csv")]
    [InlineData("--separator", "|")]
    [InlineData("--time-format", "HH:mm:ss")]
    [InlineData("--time-format", "yyyy-MM-dd")]
    [InlineData("--time-format", "unix")]
    [InlineData("--epoch", "yesterday")]
    [InlineData("--columns", "a")]
    [InlineData("--columns", "=S-1")]
    [InlineData("--columns", "a=")]
    [InlineData("--columns", "a=S/1")]
    [InlineData("--columns", "a=S-1;")]
    [InlineData("--columns", "a=S-1;colour=red")]
    [InlineData("--columns", "a=S-1;unit=")]
    [InlineData("--columns", "a=S-1;unit=a unit of so many letters that nobody would ever write it on any dial")]
    [InlineData("--columns", "a=S-1;baseline=-1")]
    [InlineData("--columns", "a=S-1;multiplier=0")]
    [InlineData("--columns", "a=S-1;multiplier=NaN")]
    [InlineData("--unit", " ")]
    [InlineData("--baseline", "-0.1")]
    [InlineData("--baseline", "Infinity")]
    [InlineData("--multiplier", "0")]
    [InlineData("--speed", "0")]
    [InlineData("--speed", "fast")]
    [InlineData("--speed", "Infinity")]
    [InlineData("--broker", "host:0")]
    [InlineData("--window", "0")]
    [InlineData("--acknowledged", "/no/such/folder/file")]
    public void A_wrong_value_gives_one_line_with_the_option_the_value_and_what_is_allowed(string option, string value)
    {
        var usual = new Dictionary<string, string> { ["--file"] = File, ["--columns"] = "a=S-1", ["--unit"] = "g", ["--speed"] = "max", [option] = value };

        var fault = Parse([.. usual.SelectMany(pair => new[] { pair.Key, pair.Value })]).Errors.ShouldHaveSingleItem().Message;

        fault.ShouldStartWith($"{option} '{value}' is not allowed: expected ");
        fault.ShouldNotContain("\n");
    }

    [Fact]
    public void File_columns_and_speed_are_needed() =>
        Parse().Errors.Select(fault => fault.Message).ShouldBe(["Option '--file' is required.", "Option '--columns' is required.", "Option '--speed' is required."]);

    [Fact]
    public void Every_column_needs_a_unit() =>
        Parse("--file", File, "--speed", "max", "--columns", "a=S-1;unit=g", "b=S-2").Errors.ShouldHaveSingleItem().Message
            .ShouldBe("--columns 'b=S-2' is not allowed without a unit: add ;unit=TEXT to it, or --unit for all columns.");

    [Fact]
    public void A_password_needs_a_user() =>
        Parse("--file", File, "--speed", "max", "--columns", "a=S-1", "--unit", "g", "--password", "x").Errors.ShouldHaveSingleItem().Message
            .ShouldBe("--password is not allowed without --user.");

    [Theory]
    [InlineData("a=S-1", "a", "S-1", "g", 0.5, 2, "Hall 1")]
    [InlineData(" Volume Flow RateRMS = S-1 ", "Volume Flow RateRMS", "S-1", "g", 0.5, 2, "Hall 1")]
    [InlineData("a=b=S-1", "a=b", "S-1", "g", 0.5, 2, "Hall 1")]
    [InlineData("a=S-1;unit=mm/s;baseline=2.8;multiplier=0.01;location=Rig, Shaft 1", "a", "S-1", "mm/s", 2.8, 0.01, "Rig, Shaft 1")]
    public void A_mapping_says_what_differs_from_the_other_columns(
        string text, string column, string sensorId, string unit, double baseline, double multiplier, string location)
    {
        var others = new LevelColumn { Column = "", SensorId = "", Unit = "g", Baseline = 0.5, Multiplier = 2, Location = "Hall 1" };

        LevelColumn.Parse(text, others, out var wrong).ShouldBe(
            new LevelColumn { Column = column, SensorId = sensorId, Unit = unit, Baseline = baseline, Multiplier = multiplier, Location = location });

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_without_the_column_ends_with_2_and_says_which_columns_it_has()
    {
        var path = Path.GetTempFileName();
        try
        {
            await System.IO.File.WriteAllTextAsync(path, "timestamp,b\n", TestContext.Current.CancellationToken);
            using var error = new StringWriter();
            using var output = new StringWriter();

            var exit = await Parse("--file", path, "--speed", "max", "--columns", "a=S-1", "--unit", "g")
                .InvokeAsync(new InvocationConfiguration { Error = error, Output = output }, TestContext.Current.CancellationToken);

            exit.ShouldBe(2);
            error.ToString().Trim().ShouldBe($"{path} has no column 'a' between ','. It has: 'timestamp', 'b'.");
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }

    private static ParseResult Parse(params string[] arguments) => SimulatorCommand.Create(TimeProvider.System).Parse(["replay", .. arguments]);
}
