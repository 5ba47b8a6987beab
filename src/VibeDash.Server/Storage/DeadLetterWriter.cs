using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Contract;
using VibeDash.Core.Readings;

namespace VibeDash.Server.Storage;

/// <summary>
/// Writes dead letters inside a <see cref="StorageSession"/>'s transaction. Inserts with a prepared command: a source with a wrong path rejects
/// every message. Not thread-safe.
/// </summary>
internal sealed class DeadLetterWriter : IDisposable
{
    private const int PrunePortion = 2048;

    private static readonly string[] Columns =
    [
        "Id", "ReceivedAt", "Topic", "Reason", "Detail", "PayloadBytes", "IsWhole", "KeptBytes", "Attempts", "Posted", "Source", "PacketId", "Redelivered", "Retained",
        "ContentType", "UserProperties", "Payload",
    ];

    private readonly VibeDashContext _context;
    private readonly SqliteCommand _insert;

    /// <summary>Creates a writer on a context with an open connection.</summary>
    public DeadLetterWriter(VibeDashContext context)
    {
        _context = context;
        _insert = ((SqliteConnection)context.Database.GetDbConnection()).CreateCommand();
        _insert.CommandText = $"INSERT INTO DeadLetters ({string.Join(", ", Columns)}) VALUES ({string.Join(", ", Columns.Select(column => "$" + column))})";
        foreach (var column in Columns)
            _insert.Parameters.AddWithValue("$" + column, DBNull.Value);
    }

    /// <summary>Totals at the current point of the transaction.</summary>
    public DeadLetterTotals Totals { get; private set; }

    /// <summary>Starts, inside a new transaction, with the totals of the last commit.</summary>
    public void Begin(DeadLetterTotals totals) => Totals = totals;

    /// <summary>Adds a letter and assigns its id.</summary>
    public long Add(DeadLetterRow letter)
    {
        letter.Id = Totals.LastId + 1;
        object?[] values =
        [
            letter.Id, UnixMicroseconds.From(letter.ReceivedAt), letter.Topic, letter.Reason.ToString(), letter.Detail, letter.PayloadBytes, letter.IsWhole, letter.KeptBytes,
            letter.Attempts, letter.Posted, letter.Source, letter.PacketId, letter.Redelivered, letter.Retained, letter.ContentType, letter.UserProperties, letter.Payload,
        ];
        for (var i = 0; i < values.Length; i++)
            _insert.Parameters[i].Value = values[i] ?? DBNull.Value;
        _insert.ExecuteNonQuery();
        Totals = new(
            letter.Id,
            Totals.Count + 1,
            Totals.KeptBytes + letter.KeptBytes,
            Totals.OldestAt < letter.ReceivedAt ? Totals.OldestAt : letter.ReceivedAt);
        return letter.Id;
    }

    /// <summary>True when a redelivered message is already a letter.</summary>
    public bool Has(DeadLetterRow letter) => _context.DeadLetters.Any(other =>
        other.PacketId == letter.PacketId && other.Topic == letter.Topic && other.PayloadBytes == letter.PayloadBytes && other.Payload == letter.Payload);

    /// <summary>True when a letter exists.</summary>
    public bool Exists(long id) => _context.DeadLetters.Any(letter => letter.Id == id);

    /// <summary>Removes a letter.</summary>
    /// <returns>False when it does not exist.</returns>
    public bool Remove(long id) => Remove(_context.DeadLetters.Where(letter => letter.Id == id)) > 0;

    /// <summary>Removes the oldest letters of a selection.</summary>
    /// <returns>Number of removed letters; less than <paramref name="maximum"/> when none remain.</returns>
    public int Remove(DeadLetterSelection selection, int maximum) =>
        Remove(_context.DeadLetters.Of(selection).OrderBy(letter => letter.Id).Take(maximum));

    /// <summary>Records another rejection of a letter.</summary>
    /// <param name="id">The letter.</param>
    /// <param name="rejection">The new rejection.</param>
    /// <param name="attempts">Number of attempts, including this one.</param>
    /// <param name="at">Server time.</param>
    public void Refuse(long id, Rejection rejection, int attempts, DateTimeOffset at) =>
        _context.DeadLetters.Where(letter => letter.Id == id).ExecuteUpdate(letter => letter
            .SetProperty(row => row.Reason, rejection.Reason)
            .SetProperty(row => row.Detail, rejection.Detail)
            .SetProperty(row => row.Attempts, attempts)
            .SetProperty(row => row.LastAttemptAt, at));

    /// <summary>Removes letters beyond the limits, oldest first. Reads only the letters it removes.</summary>
    public void Prune(DateTimeOffset now)
    {
        while (Totals.Count > DeadLetter.MaximumKept || Totals.KeptBytes > DeadLetter.MaximumKeptBytes)
        {
            var oldest = _context.DeadLetters.OrderBy(letter => letter.Id).Take(PrunePortion).Select(letter => new { letter.Id, letter.KeptBytes }).ToList();
            var (count, bytes) = (Totals.Count, Totals.KeptBytes);
            var last = oldest.TakeWhile(letter =>
            {
                var beyond = count > DeadLetter.MaximumKept || bytes > DeadLetter.MaximumKeptBytes;
                count--;
                bytes -= letter.KeptBytes;
                return beyond;
            }).Last().Id;
            Remove(_context.DeadLetters.Where(letter => letter.Id <= last));
        }

        if (Totals.OldestAt < now - DeadLetter.MaximumAge)
        {
            var earliest = now - DeadLetter.MaximumAge;
            Remove(_context.DeadLetters.Where(letter => letter.ReceivedAt < earliest));
            Totals = Totals with
            {
                OldestAt = _context.DeadLetters.OrderBy(letter => letter.ReceivedAt).Select(letter => (DateTimeOffset?)letter.ReceivedAt).FirstOrDefault(),
            };
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _insert.Dispose();

    private int Remove(IQueryable<DeadLetterRow> letters)
    {
        var sizes = letters.Select(letter => letter.KeptBytes).ToList();
        if (sizes.Count == 0)
            return 0;
        letters.ExecuteDelete();
        Totals = Totals with { Count = Totals.Count - sizes.Count, KeptBytes = Totals.KeptBytes - sizes.Sum() };
        return sizes.Count;
    }
}
