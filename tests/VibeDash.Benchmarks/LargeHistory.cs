using System.Diagnostics;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Readings;
using VibeDash.Server.Storage;
using VibeDash.Server.Storage.Segments;

namespace VibeDash.Benchmarks;

/// <summary>
/// A database with a long history of 200 sensors, compacted by the server's own code: thirty days each, at a rate with slight jitter, ids like those of the
/// example event, wandering levels with two decimals. One sensor has a tenth of all readings, for the export.
/// </summary>
internal sealed class LargeHistory(string folder, long readings) : IDbContextFactory<VibeDashContext>
{
    /// <summary>Sensors of the history.</summary>
    public const int Sensors = 200;

    private const string IdSymbols = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static readonly TimeSpan Length = TimeSpan.FromDays(30);

    /// <summary>The newest timestamp.</summary>
    public DateTimeOffset End { get; } = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());

    /// <summary>The oldest timestamp.</summary>
    public DateTimeOffset Start => End - Length;

    /// <summary>Readings of the sensor with the most, which is the first.</summary>
    public long OfFirst => readings / 10;

    /// <summary>Bytes of the database file.</summary>
    public long Bytes => new FileInfo(File).Length;

    private string File => Path.Combine(folder, "vibedash.db");

    /// <summary>A sensor's id; the first is 0.</summary>
    public static string SensorId(int sensor) => $"VB-{sensor + 1:000}";

    /// <inheritdoc/>
    public VibeDashContext CreateDbContext() => new(new DbContextOptionsBuilder<VibeDashContext>().UseSqlite($"Data Source={File};Pooling=False").Options);

    /// <summary>Creates the database.</summary>
    /// <returns>Duration of the creation.</returns>
    public TimeSpan Create()
    {
        var watch = Stopwatch.StartNew();
        Database.Prepare(this, new StorageOptions { Folder = folder }, TimeProvider.System).Dispose();
        using (var context = CreateDbContext())
        {
            for (var sensor = 0; sensor < Sensors; sensor++)
                context.Sensors.Add(new SensorRow { Key = sensor + 1, SensorId = SensorId(sensor), Location = $"Hall {1 + (sensor / 50)}, Pump {1 + (sensor / 4)}" });
            context.SaveChanges();
        }

        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using (var settings = connection.CreateCommand())
        {
            settings.CommandText = "PRAGMA synchronous = OFF; PRAGMA cache_size = -65536";
            settings.ExecuteNonQuery();
        }

        // In time order: a portion of each sensor in turn.
        var random = new Random(11);
        using var segments = new SegmentWriter(connection);
        using var insert = new ReadingInsert(connection);
        var columns = new ReadingColumns();
        var sent = new long[Sensors];
        var levels = Enumerable.Range(0, Sensors).Select(_ => 3 + (2 * random.NextDouble())).ToArray();
        while (sent.Sum() < readings)
        {
            using var transaction = connection.BeginTransaction();
            for (var sensor = 0; sensor < Sensors; sensor++)
            {
                for (var portion = sensor == 0 ? OfFirst / OfOther : 1; portion > 0; portion--)
                {
                    var left = Of(sensor) - sent[sensor];
                    var count = (int)Math.Min(ReadingBlock.Capacity, left);
                    if (count == 0)
                        break;
                    columns.Clear();
                    for (var i = 0; i < count; i++)
                        Add(columns, sensor, sent[sensor]++, random, ref levels[sensor]);

                    // The newest readings are in the table.
                    if (left > ReadingBlock.Capacity)
                    {
                        segments.Add(sensor + 1, columns);
                        continue;
                    }

                    for (var i = 0; i < count; i++)
                        insert.TryAdd(sensor + 1, columns.Reading(i, SensorId(sensor)));
                }
            }

            transaction.Commit();
        }

        using (var checkpoint = connection.CreateCommand())
        {
            checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            checkpoint.ExecuteNonQuery();
        }

        return watch.Elapsed;
    }

    private long OfOther => (readings - OfFirst) / (Sensors - 1);

    private long Of(int sensor) => sensor == 0 ? readings - (OfOther * (Sensors - 1)) : OfOther;

    private void Add(ReadingColumns columns, int sensor, long index, Random random, ref double level)
    {
        var pace = Length.TotalMilliseconds / Of(sensor);
        var at = Start.AddMilliseconds(Math.Floor((index * pace) + (0.1 * pace * random.NextDouble())));
        level = Math.Clamp(level + (0.2 * (random.NextDouble() - 0.5)), 1, 8);
        Span<char> id = stackalloc char[36];
        random.GetItems(IdSymbols, id);
        id[8] = id[13] = id[18] = id[23] = '-';
        Span<byte> utf8 = stackalloc byte[36];
        Encoding.ASCII.GetBytes(id, utf8);
        columns.Add(UnixMicroseconds.From(at), utf8, Math.Round(level, 2), 4, "m/s²", false);
    }
}
