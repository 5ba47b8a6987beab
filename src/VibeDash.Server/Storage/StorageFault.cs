using Microsoft.Data.Sqlite;

namespace VibeDash.Server.Storage;

/// <summary>Explains in one sentence, for operators, why the database cannot be used.</summary>
internal static class StorageFault
{
    private const int Error = 1, TooBig = 18, Constraint = 19, Mismatch = 20, Misuse = 21, Range = 25;

    private const int Busy = 5, Locked = 6, ReadOnly = 8, InputOutput = 10, Corrupt = 11, Full = 13, CannotOpen = 14, NotADatabase = 26;

    private const string Damaged = "The database is damaged: stop the server and restore a backup";

    /// <summary>
    /// True for a fault of the disk, the file or a lock, which is transient or needs an operator. False for any other, including SQLite errors about
    /// statements or values.
    /// </summary>
    public static bool Is(Exception fault) => fault.GetBaseException() switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode is not (Error or TooBig or Constraint or Mismatch or Misuse or Range),
        InvalidDataException or IOException or UnauthorizedAccessException => true,
        _ => false,
    };

    /// <summary>True when the file itself is damaged, so retrying cannot help.</summary>
    public static bool IsDamage(SqliteException fault) => fault.SqliteErrorCode is Corrupt or NotADatabase;

    /// <summary>The explanation, followed by the message of the library or the operating system.</summary>
    public static string Describe(Exception fault)
    {
        var cause = fault.GetBaseException();
        var explanation = cause switch
        {
            // A block of the history is damaged.
            InvalidDataException => Damaged,
            SqliteException sqlite => sqlite.SqliteErrorCode switch
            {
                Full => "There is no room left on the disk",
                Busy or Locked => "Another program keeps the database locked",
                ReadOnly => "The database is read-only: the server may not write to its file or folder",
                InputOutput => "The disk rejects writes: it may be full or failing",
                Corrupt or NotADatabase => Damaged,
                CannotOpen => "The database file cannot be opened",
                _ => null,
            },
            _ => null,
        };
        var message = OneLine(cause.Message);
        return explanation is null ? message : $"{explanation} ({message.TrimEnd('.')}).";
    }

    /// <summary><paramref name="text"/> without line breaks.</summary>
    public static string OneLine(string text) => string.Join(' ', text.Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
