using Microsoft.EntityFrameworkCore;

namespace VibeDash.Server.Storage;

/// <summary>Writes what was listened to, at once: tracked changes of other work are not to be saved with it.</summary>
internal static class ListeningRecord
{
    /// <summary>Puts on record that no message was missed in a time that may be on record in part.</summary>
    /// <param name="storage">The transaction.</param>
    /// <param name="since">Start of the time.</param>
    /// <param name="until">End of the time.</param>
    /// <param name="kept">Number of times to keep.</param>
    public static void Listened(this StorageSession storage, DateTimeOffset since, DateTimeOffset until, int kept)
    {
        var (from, to) = (UnixMicroseconds.From(since), UnixMicroseconds.From(until));
        storage.Context.Database.ExecuteSql(
            $"""
            INSERT INTO Listening (Since, Until) VALUES ({from}, {to}) ON CONFLICT (Since) DO UPDATE SET Until = excluded.Until;
            DELETE FROM Listening WHERE Since < (SELECT Since FROM Listening ORDER BY Since DESC LIMIT 1 OFFSET {kept - 1});
            """);
    }
}
