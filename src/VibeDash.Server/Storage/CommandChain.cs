using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace VibeDash.Server.Storage;

/// <summary>
/// The chain of the command record: the hash of each entry covers the hash of the one before it, so that an edit, a removal or an insertion breaks the
/// chain from there on.
/// </summary>
internal static class CommandChain
{
    /// <summary>Name of the entry that tells up to which position older entries were deleted: <see cref="CommandRow.Subject"/>.</summary>
    public const string Pruned = "PruneCommands";

    /// <summary>Detail of such an entry: the hash of the last entry that was deleted, to which the first that is left is chained.</summary>
    public static string? Link(byte[]? hash) => hash is null ? null : Convert.ToHexStringLower(hash);

    private static readonly byte[] Beginning = new byte[SHA256.HashSizeInBytes];

    /// <summary>Chains the entries about to be saved to the last one of the database.</summary>
    public static void Extend(VibeDashContext context)
    {
        CommandRow[] added = [.. context.ChangeTracker.Entries<CommandRow>().Where(entry => entry.State == EntityState.Added).Select(entry => entry.Entity)];
        if (added.Length == 0)
            return;
        var last = context.Commands.OrderByDescending(row => row.Position).Select(row => row.Hash).FirstOrDefault() ?? Beginning;
        foreach (var row in added)
            row.Hash = last = HashOf(last, row);
    }

    /// <summary>Looks for edits, removals and gaps.</summary>
    /// <returns>What was found, one line each, at most ten; empty when the record is as it was written. How many entries there are, and how many of before there was a chain.</returns>
    public static (IReadOnlyList<string> Faults, int Entries, int Unchained) Verify(VibeDashContext context)
    {
        // Without a write lock: the event loop may commit meanwhile.
        context.Database.OpenConnection();
        using var snapshot = ((SqliteConnection)context.Database.GetDbConnection()).BeginTransaction(deferred: true);
        using var shared = context.Database.UseTransaction(snapshot);
        var faults = new List<string>();
        CommandRow? before = null;
        CommandRow? first = null;
        var pruned = new Dictionary<string, string?>(StringComparer.Ordinal);
        var (entries, unchained, isChained) = (0, 0, false);
        foreach (var row in context.Commands.AsNoTracking().OrderBy(row => row.Position))
        {
            entries++;
            unchained += row.Hash is null ? 1 : 0;
            if (row is { Name: Pruned, Subject: { } upTo })
                pruned[upTo] = row.Detail;
            if (before is null)
                first = row;
            else if (row.Hash is not null && row.Position != before.Position + 1)
                Add($"Between entry {before.Position} and entry {row.Position} {row.Position - before.Position - 1} are missing.");

            if (row.Hash is null ? isChained : before?.Hash is { } hash && !row.Hash.AsSpan().SequenceEqual(HashOf(hash, row)))
                Add($"Entry {row.Position} of {row.At:u}, or the one before it, was changed after it was written.");
            else if (row.Hash is not null && before is { Hash: null } && !row.Hash.AsSpan().SequenceEqual(HashOf(Beginning, row)))
                Add($"Entry {row.Position} of {row.At:u} was changed after it was written.");
            isChained |= row.Hash is not null;
            before = row;
        }

        if (first is { Hash: not null })
            VerifyFirst(first);
        var issued = context.Database.SqlQuery<long>($"SELECT COALESCE(MAX(seq), 0) AS Value FROM sqlite_sequence WHERE name = 'Commands'").AsEnumerable().Single();
        if (issued > (before?.Position ?? 0))
            Add($"Entries after {before?.Position ?? 0} are missing: {issued} were written.");
        return (faults, entries, unchained);

        // What it is chained to is the beginning, or the last entry that was deleted because of its age.
        void VerifyFirst(CommandRow row)
        {
            string? link = null;
            if (row.Position > 1 && !pruned.TryGetValue((row.Position - 1).ToString(CultureInfo.InvariantCulture), out link))
                Add($"Entries up to {row.Position - 1} are missing, and no entry tells that they were deleted because of their age.");
            else if (!row.Hash.AsSpan().SequenceEqual(HashOf(Linked(link), row)))
                Add($"Entry {row.Position} of {row.At:u} was changed after it was written.");
        }

        void Add(string fault)
        {
            if (faults.Count < 10)
                faults.Add(fault);
        }
    }

    // Any other text than a hash is an edit, which the hash of the entry tells.
    private static byte[] Linked(string? link) => link is { Length: 2 * SHA256.HashSizeInBytes } && link.All(char.IsAsciiHexDigit) ? Convert.FromHexString(link) : Beginning;

    // Length before text, so that no text can move from one field to the next.
    private static byte[] HashOf(byte[] before, CommandRow row)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(before);
        hash.AppendData(row.Id.ToByteArray());
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(number, UnixMicroseconds.From(row.At));
        hash.AppendData(number);
        foreach (var text in (ReadOnlySpan<string?>)[row.Actor, row.Name, row.Subject, row.Detail, row.Refusal, row.Origin, row.Before, row.After])
        {
            var bytes = text is null ? null : Encoding.UTF8.GetBytes(text);
            BinaryPrimitives.WriteInt64BigEndian(number, bytes?.Length ?? -1);
            hash.AppendData(number);
            hash.AppendData(bytes ?? []);
        }

        return hash.GetHashAndReset();
    }
}
