using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace VibeDash.Server.Storage;

/// <summary>
/// A statement prepared once on EF Core's own connection, inside its transaction, for what runs for every reading. <see cref="SqliteCommand"/> would
/// box each value and make a reader for each row, more than an insert itself takes. Not thread-safe. Every method throws
/// <see cref="SqliteException"/> when the database does not do it.
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

    /// <summary>Sets a parameter to text of at most <paramref name="longest"/> UTF-16 code units; see <see cref="Bind(int,long)"/>.</summary>
    public Statement Bind(int parameter, string text, int longest)
    {
        // A UTF-16 code unit takes at most three bytes.
        Span<byte> utf8 = stackalloc byte[3 * longest];
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

    /// <summary>Sets a parameter to nothing; see <see cref="Bind(int,long)"/>.</summary>
    public Statement BindNull(int parameter)
    {
        Check(raw.sqlite3_bind_null(_statement, parameter));
        return this;
    }

    /// <summary>Runs a statement that gives no rows.</summary>
    /// <returns>Rows it changed; of no meaning when it changes none by nature.</returns>
    public int Run()
    {
        if (Step())
            Reset();
        return raw.sqlite3_changes(_database);
    }

    /// <summary>Goes to the next row. When there is none, or it fails, the statement is ready to run again; before that, <see cref="Reset"/> makes it so.</summary>
    /// <returns>False when there is none.</returns>
    public bool Step()
    {
        var result = raw.sqlite3_step(_statement);
        if (result == raw.SQLITE_ROW)
            return true;

        // The reset repeats the fault of the step, with all that is known of it.
        Check(raw.sqlite3_reset(_statement));
        if (result != raw.SQLITE_DONE)
            Check(result);
        return false;
    }

    /// <summary>Takes no more rows.</summary>
    public void Reset() => Check(raw.sqlite3_reset(_statement));

    /// <summary>A whole number of the row; the first column is 0. NULL is 0.</summary>
    public long Int64(int column) => raw.sqlite3_column_int64(_statement, column);

    /// <summary>A number of the row; see <see cref="Int64"/>.</summary>
    public double Double(int column) => raw.sqlite3_column_double(_statement, column);

    /// <summary>Bytes, or text as UTF-8, of the row; good until the next step. Empty when NULL.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(_statement, column);

    /// <summary>True when the row has nothing there.</summary>
    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    /// <inheritdoc/>
    public void Dispose() => _statement.Dispose();

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _database);
}
