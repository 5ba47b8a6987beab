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
    private readonly HashSet<(RejectionReason Reason, string Topic)> _grown = [];
    private Dictionary<(RejectionReason Reason, string Topic), Group>? _groups;

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
    public void Begin(DeadLetterTotals totals)
    {
        Totals = totals;
        _grown.Clear();
    }

    // Read with the first letter, not with each start. The writer is replaced after a failed transaction, so they match the database.
    private Dictionary<(RejectionReason Reason, string Topic), Group> Groups => _groups ??= _context.DeadLetters
        .GroupBy(letter => new { letter.Reason, letter.Topic })
        .Select(group => new { group.Key.Reason, group.Key.Topic, Group = new Group { Count = group.Count(), Bytes = group.Sum(letter => letter.KeptBytes), LastId = group.Max(letter => letter.Id) } })
        .ToDictionary(group => (group.Reason, group.Topic), group => group.Group);

    /// <summary>Adds a letter and assigns its id.</summary>
    public long Add(DeadLetterRow letter)
    {
        _ = Groups;
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
        Join((letter.Reason, letter.Topic), letter.Id, letter.KeptBytes);
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
    public void Refuse(long id, Rejection rejection, int attempts, DateTimeOffset at)
    {
        var before = _context.DeadLetters.Where(letter => letter.Id == id).Select(letter => new { letter.Reason, letter.Topic, letter.KeptBytes }).First();
        if (before.Reason != rejection.Reason)
        {
            Leave((before.Reason, before.Topic), 1, before.KeptBytes);
            Join((rejection.Reason, before.Topic), id, before.KeptBytes);
        }

        _context.DeadLetters.Where(letter => letter.Id == id).ExecuteUpdate(letter => letter
            .SetProperty(row => row.Reason, rejection.Reason)
            .SetProperty(row => row.Detail, rejection.Detail)
            .SetProperty(row => row.Attempts, attempts)
            .SetProperty(row => row.LastAttemptAt, at));
    }

    /// <summary>
    /// Removes letters beyond the limits: of each reason and topic the oldest, and for the limits of all letters the oldest of the largest group, so that
    /// many of one kind do not push out the few of another. Reads only the letters it removes.
    /// </summary>
    public void Prune(DateTimeOffset now)
    {
        foreach (var key in _grown)
        {
            if (Groups.TryGetValue(key, out var group) && group.Count > DeadLetter.MaximumKeptOfGroup)
                Drop(key, group.Count - DeadLetter.MaximumKeptOfGroup, bytes: 0);
        }

        while (Totals.Count > DeadLetter.MaximumKept || Totals.KeptBytes > DeadLetter.MaximumKeptBytes)
        {
            var (count, bytes) = (Totals.Count - DeadLetter.MaximumKept, Totals.KeptBytes - DeadLetter.MaximumKeptBytes);
            var (key, largest) = count > 0
                ? Groups.MaxBy(group => (group.Value.Count, -group.Value.LastId))
                : Groups.MaxBy(group => (group.Value.Bytes, -group.Value.LastId));

            // No more than down to an equal share: then another group is the largest.
            Drop(
                key,
                Math.Min(count, Math.Max(1, largest.Count - (DeadLetter.MaximumKept / Groups.Count))),
                count > 0 ? 0 : Math.Min(bytes, Math.Max(1, largest.Bytes - (DeadLetter.MaximumKeptBytes / Groups.Count))));
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
        var removed = letters.Select(letter => new { letter.Reason, letter.Topic, letter.KeptBytes }).ToList();
        if (removed.Count == 0)
            return 0;
        _ = Groups;
        letters.ExecuteDelete();
        foreach (var group in removed.GroupBy(letter => (letter.Reason, letter.Topic)))
            Leave(group.Key, group.Count(), group.Sum(letter => letter.KeptBytes));
        Totals = Totals with { Count = Totals.Count - removed.Count, KeptBytes = Totals.KeptBytes - removed.Sum(letter => letter.KeptBytes) };
        return removed.Count;
    }

    // Removes the oldest letters of a group, at least so many and so many bytes, and remembers their number.
    private void Drop((RejectionReason Reason, string Topic) key, int count, long bytes)
    {
        var (reason, topic) = key;
        var letters = _context.DeadLetters.Where(letter => letter.Reason == reason && letter.Topic == topic);
        var oldest = letters.OrderBy(letter => letter.Id).Take(PrunePortion).Select(letter => new { letter.Id, letter.KeptBytes }).ToList();
        var last = oldest.TakeWhile(letter =>
        {
            var more = count > 0 || bytes > 0;
            (count, bytes) = (count - 1, bytes - letter.KeptBytes);
            return more;
        }).Last().Id;
        var dropped = Remove(letters.Where(letter => letter.Id <= last));
        if (Groups.ContainsKey(key))
        {
            _context.Database.ExecuteSql(
                $"INSERT INTO DeadLetterGroups (Reason, Topic, Dropped) VALUES ({reason.ToString()}, {topic}, {dropped}) ON CONFLICT DO UPDATE SET Dropped = Dropped + excluded.Dropped");
        }
    }

    private void Join((RejectionReason Reason, string Topic) key, long id, long bytes)
    {
        if (!Groups.TryGetValue(key, out var group))
            Groups[key] = group = new();
        (group.Count, group.Bytes, group.LastId) = (group.Count + 1, group.Bytes + bytes, Math.Max(group.LastId, id));
        if (group.Count > DeadLetter.MaximumKeptOfGroup)
            _grown.Add(key);
    }

    private void Leave((RejectionReason Reason, string Topic) key, int count, long bytes)
    {
        var group = Groups[key];
        (group.Count, group.Bytes) = (group.Count - count, group.Bytes - bytes);
        if (group.Count > 0)
            return;
        Groups.Remove(key);
        var (reason, topic) = key;
        _context.DeadLetterGroups.Where(row => row.Reason == reason && row.Topic == topic).ExecuteDelete();
    }

    private sealed class Group
    {
        public int Count { get; set; }

        public long Bytes { get; set; }

        /// <summary>Id of its newest letter; it may have been removed.</summary>
        public long LastId { get; set; }
    }
}
