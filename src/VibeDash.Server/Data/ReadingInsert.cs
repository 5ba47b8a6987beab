using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using VibeDash.Core.Sensors;

namespace VibeDash.Server.Data;

/// <summary>
/// The hot insert: a statement prepared once on EF Core's own connection, inside its transaction. <see cref="SqliteCommand"/> would box each
/// value and make a reader for each row, more than the insert itself takes. Not thread-safe.
/// </summary>
internal sealed class ReadingInsert : IDisposable
{
    private const string Sql =
        """
        INSERT INTO Readings (SensorKey, Timestamp, EventId, Level, Baseline, Unit, IsSuspect)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        ON CONFLICT DO NOTHING
        """;

    // A UTF-16 code unit takes at most three bytes.
    private const int LongestText = 3 * VibrationEventParser.MaximumIdLength;

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public ReadingInsert(SqliteConnection connection)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(_database, Sql, out _statement));
    }

    /// <summary>Adds a reading.</summary>
    /// <returns>False when it was stored before.</returns>
    /// <exception cref="SqliteException">The database does not take it.</exception>
    public bool TryAdd(int sensorKey, Reading reading)
    {
        Check(raw.sqlite3_bind_int(_statement, 1, sensorKey));
        Check(raw.sqlite3_bind_int64(_statement, 2, UnixMicroseconds.From(reading.Timestamp)));
        Bind(3, reading.EventId);
        Check(raw.sqlite3_bind_double(_statement, 4, reading.Level));
        Check(raw.sqlite3_bind_double(_statement, 5, reading.Baseline));
        Bind(6, reading.Unit);
        Check(raw.sqlite3_bind_int(_statement, 7, reading.IsSuspect ? 1 : 0));

        var result = raw.sqlite3_step(_statement);
        var changes = raw.sqlite3_changes(_database);

        // The reset repeats the fault of the step, with all that is known of it.
        Check(raw.sqlite3_reset(_statement));
        if (result != raw.SQLITE_DONE)
            Check(result);
        return changes == 1;
    }

    /// <inheritdoc/>
    public void Dispose() => _statement.Dispose();

    private void Bind(int index, string text)
    {
        Span<byte> utf8 = stackalloc byte[LongestText];
        Check(raw.sqlite3_bind_text(_statement, index, utf8[..Encoding.UTF8.GetBytes(text, utf8)]));
    }

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _database);
}
