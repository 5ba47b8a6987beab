using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace VibeDash.Benchmarks;

/// <summary>Reference: only writes the same rows into the same table in durable batches of 1,000.</summary>
internal static class BareSqliteWriter
{
    private const int Batch = 1000;

    /// <summary>Rows per second over <paramref name="duration"/>.</summary>
    public static double Measure(TimeSpan duration, int sensors)
    {
        var folder = Directory.CreateTempSubdirectory("vibedash-bare-").FullName;
        try
        {
            using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "bare.db")};Pooling=False");
            connection.Open();
            Execute(connection, "PRAGMA journal_mode = WAL");
            Execute(connection, "PRAGMA synchronous = FULL");
            Execute(
                connection,
                "CREATE TABLE Readings (SensorKey INTEGER, Timestamp INTEGER, EventId TEXT, Level REAL, Baseline REAL, Unit TEXT, PRIMARY KEY (SensorKey, Timestamp, EventId)) WITHOUT ROWID");
            using var insert = connection.CreateCommand();
            insert.CommandText = "INSERT INTO Readings VALUES ($k, $t, $e, $l, $b, $u) ON CONFLICT DO NOTHING";
            foreach (var name in new[] { "$k", "$t", "$e", "$l", "$b", "$u" })
                insert.Parameters.AddWithValue(name, null);

            var watch = Stopwatch.StartNew();
            long rows = 0;
            while (watch.Elapsed < duration)
            {
                using var transaction = connection.BeginTransaction();
                insert.Transaction = transaction;
                for (var i = 0; i < Batch; i++, rows++)
                {
                    insert.Parameters[0].Value = rows % sensors;
                    insert.Parameters[1].Value = 1_700_000_000_000_000 + (rows / sensors * 1_000_000);
                    insert.Parameters[2].Value = Guid.NewGuid().ToString();
                    insert.Parameters[3].Value = 4.2 + (rows % 7);
                    insert.Parameters[4].Value = 4.0;
                    insert.Parameters[5].Value = "m/s²";
                    insert.ExecuteNonQuery();
                }

                transaction.Commit();
            }

            return rows / watch.Elapsed.TotalSeconds;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
