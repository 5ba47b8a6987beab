using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace VibeDash.Server.Storage;

/// <summary>
/// A statement prepared once on EF Core's connection and run inside its transaction, for work done per reading. <see cref="SqliteCommand"/> would
/// box each value and create a reader per row, which takes longer than the insert itself. Not thread-safe. Every method throws
/// <see cref="SqliteException"/> on failure.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public Statement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(_database, sql, out _statement));
    }

    /// <summary>Sets a parameter; the first is 1.</summary>
    public Statement Bind(int parameter, long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, parameter, value));
        return this;
    }

    /// <inheritdoc cref="Bind(int,long)"/>
    public Statement Bind(int parameter, double value)
    {
        Check(raw.sqlite3_bind_double(_statement, parameter, value));
        return this;
    }

    /// <summary>Sets a parameter to text of at most <paramref name="maximumLength"/> UTF-16 code units; see <see cref="Bind(int,long)"/>.</summary>
    public Statement Bind(int parameter, string text, int maximumLength)
    {
        // A UTF-16 code unit takes at most three bytes.
        Span<byte> utf8 = stackalloc byte[3 * maximumLength];
        return BindText(parameter, utf8[..Encoding.UTF8.GetBytes(text, utf8)]);
    }

    /// <summary>Sets a parameter to UTF-8 text; see <see cref="Bind(int,long)"/>.</summary>
    public Statement BindText(int parameter, ReadOnlySpan<byte> utf8)
    {
        Check(raw.sqlite3_bind_text(_statement, parameter, utf8));
        return this;
    }

    /// <summary>Sets a parameter to bytes; see <see cref="Bind(int,long)"/>.</summary>
    public Statement BindBytes(int parameter, ReadOnlySpan<byte> bytes)
    {
        Check(raw.sqlite3_bind_blob(_statement, parameter, bytes));
        return this;
    }

    /// <summary>Sets a parameter to NULL; see <see cref="Bind(int,long)"/>.</summary>
    public Statement BindNull(int parameter)
    {
        Check(raw.sqlite3_bind_null(_statement, parameter));
        return this;
    }

    /// <summary>Runs a statement that returns no rows.</summary>
    /// <returns>Number of changed rows; undefined for statements that never change rows.</returns>
    public int Run()
    {
        if (Step())
            Reset();
        return raw.sqlite3_changes(_database);
    }

    /// <summary>Moves to the next row. After the last row or a fault the statement can run again; earlier, call <see cref="Reset"/> first.</summary>
    /// <returns>False when there is none.</returns>
    public bool Step()
    {
        var result = raw.sqlite3_step(_statement);
        if (result == raw.SQLITE_ROW)
            return true;

        // The reset repeats the fault of the step, with all details.
        Check(raw.sqlite3_reset(_statement));
        if (result != raw.SQLITE_DONE)
            Check(result);
        return false;
    }

    /// <summary>Ends the reading of rows.</summary>
    public void Reset() => Check(raw.sqlite3_reset(_statement));

    /// <summary>An integer of the row; the first column is 0. NULL is read as 0.</summary>
    public long Int64(int column) => raw.sqlite3_column_int64(_statement, column);

    /// <summary>A number of the row; see <see cref="Int64"/>.</summary>
    public double Double(int column) => raw.sqlite3_column_double(_statement, column);

    /// <summary>Bytes, or text as UTF-8, of the row; valid until the next step. Empty for NULL.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(_statement, column);

    /// <summary>True for NULL.</summary>
    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    /// <inheritdoc/>
    public void Dispose() => _statement.Dispose();

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _database);
}
