using System.CommandLine;
using VibeDash.Server.Tests.Faults;
using VibeDash.Server.Tests.Hosting;
using VibeDash.Simulator;

namespace VibeDash.Server.Tests.Replay;

/// <summary>Replay of data measured on machines, from the shell through the embedded broker.</summary>
public sealed class CsvReplayTests : ServerTest
{
    [Fact]
    public async Task Every_reading_of_a_rig_is_stored_once_at_its_own_time_however_often_it_is_replayed()
    {
        var file = MeasuredData.Find("ims_test2/ims_test2_rms_kurtosis.csv");
        string[] columns = ["b1_acrms_g=IMS-B1", "b2_acrms_g=IMS-B2", "b3_acrms_g=IMS-B3", "b4_acrms_g=IMS-B4"];
        var measured = File.ReadLines(file).Skip(1).Select(line => line.Split(',')).ToArray();
        var acknowledged = Path.Combine(Folder, "acknowledged.txt");

        (await ReplayAsync(["--file", file, "--columns", .. columns, "--unit", "g", "--location", "IMS rig, Shaft 1", "--acknowledged", acknowledged]))
            .ShouldContain($"{measured.Length:N0} rows, {4 * measured.Length:N0} published, {4 * measured.Length:N0} acknowledged, 0 refused, 0 empty cells skipped, 0 unreadable, 0 rows out of order");
        var once = (await Server.FleetAsync()).Status;
        await ReplayAsync(["--file", file, "--columns", .. columns, "--unit", "g", "--location", "IMS rig, Shaft 1"]);
        var twice = (await Server.FleetAsync()).Status;
        await StopServerAsync();

        (once.Stored, once.Duplicates, once.Rejected).ShouldBe((4 * measured.Length, 0, 0));
        (twice.Stored, twice.Duplicates, twice.Rejected).ShouldBe((4 * measured.Length, 4 * measured.Length, 0));
        var stored = StoredRecord.Load(Folder);
        File.ReadLines(acknowledged).ShouldBe(stored.Readings.Select(reading => reading.EventId), ignoreOrder: true);
        foreach (var (sensor, column) in new[] { ("IMS-B1", 1), ("IMS-B2", 2), ("IMS-B3", 3), ("IMS-B4", 4) })
        {
            stored.Readings.Where(reading => reading.SensorId == sensor)
                .Select(reading => ($"{reading.Timestamp.UtcDateTime:yyyy-MM-ddTHH:mm:ss}", reading.Level, reading.Baseline, reading.Unit))
                .ShouldBe(measured.Select(row => (row[0], double.Parse(row[column]), 0d, "g")));
        }
    }

    [Theory]
    [InlineData("skab/anomaly-free_anomaly-free.csv", ";", new[] { "--time", "datetime", "--time-format", "yyyy-MM-dd HH:mm:ss", "--unit", "g", "--columns", "Accelerometer1RMS=SKAB-1", "Accelerometer2RMS=SKAB-2" })]
    [InlineData("skab/other_5.csv", ";", new[] { "--time", "datetime", "--unit", "g", "--columns", "Accelerometer1RMS=SKAB-1", "Accelerometer2RMS=SKAB-2" })]
    [InlineData("femto/Bearing1_2.csv", ",", new[] { "--time", "elapsed_s", "--time-format", "seconds", "--epoch", "2011-04-01T08:47:05Z", "--unit", "g", "--columns", "h_rms_g=FEMTO-1-2-H", "v_rms_g=FEMTO-1-2-V" })]
    [InlineData("field_lorawan/sensor-4.csv", ",", new[] { "--time", "timestamp_utc", "--columns", "XOAVelocity=LW-4-X;unit=mm/s;multiplier=0.01", "XRMSmg=LW-4-XA;unit=mg" })]
    public async Task Files_of_other_forms_are_replayed_whole(string path, string separator, string[] mapping)
    {
        var file = MeasuredData.Find(path);
        var readings = 2 * File.ReadLines(file).Skip(1).Count();

        await ReplayAsync(["--file", file, "--separator", separator, .. mapping]);

        var status = (await Server.FleetAsync()).Status;
        (status.Stored, status.Duplicates, status.Rejected).ShouldBe((readings, 0, 0));
    }

    private protected override TestBroker CreateBroker() => new EmbeddedTestBroker();

    private async Task<string> ReplayAsync(string[] arguments)
    {
        using var output = new StringWriter();
        var exit = await SimulatorCommand.Create(TimeProvider.System)
            .Parse(["replay", .. arguments, "--speed", "max", "--broker", $"127.0.0.1:{Broker.Port}"])
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = output }, TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper?.WriteLine(output.ToString());
        exit.ShouldBe(0, output.ToString());
        return output.ToString();
    }
}
