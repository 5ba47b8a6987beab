using Microsoft.EntityFrameworkCore;
using VibeDash.Core.Live;
using VibeDash.Core.Sensors;

namespace VibeDash.Server.Data;

/// <summary>The dead letters' part of an <see cref="EventWriter"/>'s transaction. Not thread-safe.</summary>
internal sealed class DeadLetterWriter(VibeDashContext context)
{
    private const int PrunePortion = 512;

    /// <summary>What there is, as the transaction leaves it.</summary>
    public DeadLetterTotals Totals { get; private set; }

    /// <summary>Starts with what the last commit left.</summary>
    public void Begin(DeadLetterTotals totals) => Totals = totals;

    /// <summary>Adds a letter and gives it its id. Written when the <see cref="EventWriter"/> flushes.</summary>
    public long Add(DeadLetterRow letter)
    {
        letter.Id = Totals.LastId + 1;
        context.DeadLetters.Add(letter);
        Totals = new(
            letter.Id,
            Totals.Count + 1,
            Totals.KeptBytes + letter.KeptBytes,
            Totals.OldestAt < letter.ReceivedAt ? Totals.OldestAt : letter.ReceivedAt);
        return letter.Id;
    }

    /// <summary>True when the same message is a letter already; asked of one that the broker delivers again.</summary>
    public bool Has(DeadLetterRow letter) =>
        context.DeadLetters.Local.Any(other => IsSame(other, letter) && other.Payload.AsSpan().SequenceEqual(letter.Payload))
        || context.DeadLetters.Any(other =>
            other.PacketId == letter.PacketId && other.Topic == letter.Topic && other.PayloadBytes == letter.PayloadBytes && other.Payload == letter.Payload);

    /// <summary>True when there is such a letter.</summary>
    public bool Exists(long id) => context.DeadLetters.Any(letter => letter.Id == id);

    /// <summary>Removes a letter.</summary>
    /// <returns>False when there is none.</returns>
    public bool Remove(long id) => Remove(context.DeadLetters.Where(letter => letter.Id == id)) > 0;

    /// <summary>Removes the oldest of a selection.</summary>
    /// <returns>How many; below <paramref name="most"/> when these were the last.</returns>
    public int Remove(DeadLetterSelection selection, int most) =>
        Remove(context.DeadLetters.Of(selection).OrderBy(letter => letter.Id).Take(most));

    /// <summary>Notes that a letter was refused again.</summary>
    /// <param name="id">The letter.</param>
    /// <param name="rejection">What is wrong with it now.</param>
    /// <param name="attempts">How many attempts that makes.</param>
    /// <param name="at">When.</param>
    public void Refuse(long id, Rejection rejection, int attempts, DateTimeOffset at) =>
        context.DeadLetters.Where(letter => letter.Id == id).ExecuteUpdate(letter => letter
            .SetProperty(row => row.Reason, rejection.Reason)
            .SetProperty(row => row.Detail, rejection.Detail)
            .SetProperty(row => row.Attempts, attempts)
            .SetProperty(row => row.LastAttemptAt, at));

    /// <summary>Removes what is beyond the bounds, oldest first; after the flush. Reads no more than it removes.</summary>
    public void Prune(DateTimeOffset now)
    {
        while (Totals.Count > DeadLetter.MaximumKept || Totals.KeptBytes > DeadLetter.MaximumKeptBytes)
        {
            var oldest = context.DeadLetters.OrderBy(letter => letter.Id).Take(PrunePortion).Select(letter => new { letter.Id, letter.KeptBytes }).ToList();
            var (count, bytes) = (Totals.Count, Totals.KeptBytes);
            var last = oldest.TakeWhile(letter =>
            {
                var beyond = count > DeadLetter.MaximumKept || bytes > DeadLetter.MaximumKeptBytes;
                count--;
                bytes -= letter.KeptBytes;
                return beyond;
            }).Last().Id;
            Remove(context.DeadLetters.Where(letter => letter.Id <= last));
        }

        if (Totals.OldestAt < now - DeadLetter.MaximumAge)
        {
            var earliest = now - DeadLetter.MaximumAge;
            Remove(context.DeadLetters.Where(letter => letter.ReceivedAt < earliest));
            Totals = Totals with
            {
                OldestAt = context.DeadLetters.OrderBy(letter => letter.ReceivedAt).Select(letter => (DateTimeOffset?)letter.ReceivedAt).FirstOrDefault(),
            };
        }
    }

    private static bool IsSame(DeadLetterRow one, DeadLetterRow other) =>
        one.PacketId == other.PacketId && one.Topic == other.Topic && one.PayloadBytes == other.PayloadBytes;

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
