using System.Globalization;

namespace VibeDash.Core.Tests.Measured;

/// <summary>The sensors of the measured data: see its README.md for what is documented.</summary>
internal static class MeasuredSets
{
    private static readonly DateTimeOffset FemtoStart = new(2010, 12, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Four bearings on a shaft until one fails.</summary>
    public static IEnumerable<MeasuredSensor> Ims()
    {
        Departure?[] failures =
        [
            Failure("IMS bearing 1", At("2004-02-17 07:22:39")), Failure("IMS bearing 2", At("2004-02-19 03:22:39")), null, Failure("IMS bearing 4", At("2004-02-18 22:22:39")),
        ];
        for (var bearing = 1; bearing <= 4; bearing++)
            yield return new("IMS 2", $"b{bearing}", Column("ims_test2/ims_test2_rms_kurtosis.csv", "timestamp", $"b{bearing}_acrms_g"), failures[bearing - 1] is { } failure ? [failure] : []);
    }

    /// <summary>A pump bed in normal operation, then three times with rotor imbalance; and with a valve closed, a month later, which vibration does not show.</summary>
    public static IEnumerable<MeasuredSensor> Skab()
    {
        foreach (var column in (string[])["Accelerometer1RMS", "Accelerometer2RMS"])
        {
            var readings = Column("skab/anomaly-free_anomaly-free.csv", "datetime", column, ';').ToList();
            var departures = new List<Departure>();
            foreach (var file in (string[])["other_5", "other_6", "other_9"])
            {
                readings.AddRange(Column($"skab/{file}.csv", "datetime", column, ';'));
                var labelled = Column($"skab/{file}.csv", "datetime", "anomaly", ';').Where(row => row.Level > 0).ToArray();
                departures.Add(new($"SKAB {file}", labelled[0].At, labelled[^1].At));
            }

            // The same sensor has its baseline by then.
            (DateTimeOffset At, double Level)[] valves = [.. Column("skab/valve1_5.csv", "datetime", column, ';'), .. Column("skab/valve1_0.csv", "datetime", column, ';')];
            yield return new("SKAB", column, [.. readings, .. valves.OrderBy(row => row.At)], [.. departures]);
        }
    }

    /// <summary>Three bearings run to failure, horizontal and vertical.</summary>
    public static IEnumerable<MeasuredSensor> Femto()
    {
        foreach (var (bearing, onset) in ((string, int)[])[("1_1", 1876), ("1_2", 828), ("2_1", 892)])
        {
            foreach (var direction in (string[])["h", "v"])
            {
                var readings = Column($"femto/Bearing{bearing}.csv", "elapsed_s", $"{direction}_rms_g");
                yield return new("FEMTO", $"{bearing} {direction}", readings, Failure($"FEMTO {bearing}", readings[onset].At));
            }
        }
    }

    /// <summary>Two battery sensors on a machine that stands still most of the year; nothing is known to have happened.</summary>
    public static IEnumerable<MeasuredSensor> Field()
    {
        foreach (var file in (string[])["sensor-1", "sensor-4"])
        {
            foreach (var axis in (string[])["X", "Y", "Z"])
                yield return new("Field", $"{file} {axis}", [.. Column($"field_lorawan/{file}.csv", "timestamp_utc", $"{axis}OAVelocity").OrderBy(row => row.At)]);
        }
    }

    private static Departure Failure(string name, DateTimeOffset onset) => new(name, onset, DateTimeOffset.MaxValue);

    private static DateTimeOffset At(string text) => double.TryParse(text, CultureInfo.InvariantCulture, out var seconds)
        ? FemtoStart.AddSeconds(seconds)
        : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static (DateTimeOffset At, double Level)[] Column(string path, string time, string column, char separator = ',')
    {
        var lines = File.ReadAllLines(MeasuredData.Find(path));
        var names = lines[0].Split(separator);
        var (from, of) = (Array.IndexOf(names, time), Array.IndexOf(names, column));
        return
        [
            .. lines.Skip(1).Select(line => line.Split(separator)).Where(cells => double.TryParse(cells[of], CultureInfo.InvariantCulture, out _))
                .Select(cells => (At(cells[from]), double.Parse(cells[of], CultureInfo.InvariantCulture))),
        ];
    }
}
