using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace VibeDash.Benchmarks;

/// <summary>
/// Range queries on a long history during ingest, compared to SQLite grouping the single readings of one sensor; then start-up with that database,
/// its size, and an export of a tenth of it. JSON lines. Times are those reported by the server (<c>Server-Timing</c>), and those of the whole HTTP
/// request.
/// </summary>
internal static class HistoryBenchmark
{
    private const int Rate = 2000;
    private const int Questions = 200;
    private const int ReferenceRows = 500_000;

    private static readonly (string Name, TimeSpan Length)[] Ranges =
    [
        ("15 min", TimeSpan.FromMinutes(15)),
        ("1 h", TimeSpan.FromHours(1)),
        ("6 h", TimeSpan.FromHours(6)),
        ("24 h", TimeSpan.FromHours(24)),
        ("3 d", TimeSpan.FromDays(3)),
        ("7 d", TimeSpan.FromDays(7)),
        ("20 d", TimeSpan.FromDays(20)),
        ("30 d", TimeSpan.FromDays(30)),
        ("5 y", TimeSpan.FromDays(1826)),
    ];

    public static async Task RunAsync(double readings)
    {
        using var published = await PublishedServer.CreateAsync();
        await using var scene = new Scene();
        await scene.StartBrokerAsync(Scene.PromiseSettings);
        var folder = scene.FolderOf("vibedash");
        Directory.CreateDirectory(folder);
        var history = new LargeHistory(folder, (long)readings);
        var made = history.Create();
        Write(new
        {
            benchmark = "history",
            readings,
            sensors = LargeHistory.Sensors,
            made_in_seconds = Math.Round(made.TotalSeconds),
            bytes = history.Bytes,
            bytes_per_reading = Math.Round(history.Bytes / readings, 1),
            reference_grouping_raw_rows_ms = Math.Round(Reference(folder), 1),
        });

        var start = Stopwatch.StartNew();
        await scene.StartServerAsync("vibedash", published.Assembly, firstPage: true);
        Write(new { benchmark = "history-start", first_page_after_seconds = Math.Round(start.Elapsed.TotalSeconds, 2), megabytes = Math.Round(scene.Server!.Megabytes) });
        await scene.ConnectedAsync();

        using var arriving = scene.StartSimulator(Rate, LargeHistory.Sensors, TimeSpan.FromMinutes(10), seed: 1);
        await Scene.UntilAsync(async () => (await scene.StatusAsync()).Stored > 2 * Rate);
        using var http = new HttpClient { BaseAddress = scene.Site };
        var random = new Random(5);
        foreach (var points in (int[])[300, 1000])
        {
            await AskAsync(http, history, Ranges[3].Length, points, random, Questions);
            var all = new List<(double Server, double Whole)>();
            foreach (var (name, length) in Ranges)
            {
                var times = await AskAsync(http, history, length, points, random, Questions);
                all.AddRange(times);
                Write(Line(name, points, times));
            }

            Write(Line("all", points, all));
        }

        Write(new
        {
            benchmark = "history-arriving",
            stored_meanwhile = (await scene.StatusAsync()).Stored,
            megabytes = Math.Round(scene.Server!.Megabytes),
        });
        await ExportAsync(scene, history);
    }

    private static object Line(string range, int points, List<(double Server, double Whole)> times) => new
    {
        benchmark = "history-range",
        range,
        points,
        server_p50_ms = At(times.Select(time => time.Server), 0.5),
        server_p95_ms = At(times.Select(time => time.Server), 0.95),
        http_p50_ms = At(times.Select(time => time.Whole), 0.5),
        http_p95_ms = At(times.Select(time => time.Whole), 0.95),
    };

    private static double At(IEnumerable<double> times, double share)
    {
        var sorted = times.Order().ToArray();
        return Math.Round(sorted[(int)(share * (sorted.Length - 1))], 2);
    }

    private static async Task<List<(double Server, double Whole)>> AskAsync(
        HttpClient http, LargeHistory history, TimeSpan length, int points, Random random, int questions)
    {
        var times = new List<(double, double)>(questions);
        for (var i = 0; i < questions; i++)
        {
            // Anywhere in the history; a range longer than the history ends now.
            var room = (history.End - history.Start) - length;
            var from = room > TimeSpan.Zero ? history.Start + (room * random.NextDouble()) : history.End - length;
            var sensor = LargeHistory.SensorId(random.Next(1, LargeHistory.Sensors));
            var watch = Stopwatch.StartNew();
            using var response = await http.GetAsync(
                string.Create(CultureInfo.InvariantCulture, $"api/v1/sensors/{sensor}/history?from={from.UtcDateTime:O}&to={(from + length).UtcDateTime:O}&points={points}"));
            response.EnsureSuccessStatusCode();
            await response.Content.ReadAsByteArrayAsync();
            times.Add((ServerTime(response.Headers), watch.Elapsed.TotalMilliseconds));
        }

        return times;
    }

    // "history;dur=1.23"
    private static double ServerTime(HttpResponseHeaders headers) =>
        double.Parse(headers.GetValues("Server-Timing").Single().Split("dur=")[1], CultureInfo.InvariantCulture);

    private static async Task ExportAsync(Scene scene, LargeHistory history)
    {
        using var http = new HttpClient { BaseAddress = scene.Site, Timeout = TimeSpan.FromMinutes(10) };
        var (before, most, rows) = (scene.Server!.Megabytes, 0.0, 0L);
        var watch = Stopwatch.StartNew();
        using var response = await http.GetAsync(
            string.Create(CultureInfo.InvariantCulture, $"api/v1/sensors/{LargeHistory.SensorId(0)}/readings.csv?from={history.Start.UtcDateTime:O}&to={history.End.UtcDateTime:O}"),
            HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[1 << 20];
        for (int read; (read = await body.ReadAsync(buffer)) > 0;)
        {
            rows += buffer.AsSpan(0, read).Count((byte)'\n');
            most = Math.Max(most, scene.Server.Megabytes);
        }

        Write(new
        {
            benchmark = "history-export",
            rows = rows - 1,
            rows_per_second = Math.Round((rows - 1) / watch.Elapsed.TotalSeconds),
            megabytes_before = Math.Round(before),
            megabytes_at_most = Math.Round(most),
        });
    }

    // The query needed without rollups: thirty days of one sensor in 300 buckets from a covering index.
    private static double Reference(string folder)
    {
        var file = Path.Combine(folder, "reference.db");
        using (var connection = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText =
                $"""
                CREATE TABLE Raw (Sensor INTEGER, At INTEGER, Level REAL, PRIMARY KEY (Sensor, At)) WITHOUT ROWID;
                WITH RECURSIVE n(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {ReferenceRows}) INSERT INTO Raw SELECT 1, i * 5184, i % 97 FROM n;
                """;
            command.ExecuteNonQuery();
            command.CommandText = "SELECT At / 8640000, count(*), min(Level), max(Level), avg(Level) FROM Raw WHERE Sensor = 1 GROUP BY 1";
            var times = new List<double>();
            for (var i = 0; i < 11; i++)
            {
                var watch = Stopwatch.StartNew();
                using var rows = command.ExecuteReader();
                while (rows.Read())
                    _ = rows.GetDouble(4);
                times.Add(watch.Elapsed.TotalMilliseconds);
            }

            File.Delete(file);
            return At(times, 0.5);
        }
    }

    private static void Write(object line) => Console.WriteLine(JsonSerializer.Serialize(line));
}
