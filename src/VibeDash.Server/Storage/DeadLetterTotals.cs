using Microsoft.EntityFrameworkCore;

namespace VibeDash.Server.Storage;

/// <summary>Totals of the dead letters: the event loop enforces their limits without counting.</summary>
/// <param name="LastId">Highest id ever assigned. Ids of deleted letters are not reused, because a page may still show them.</param>
/// <param name="Count">Number of letters.</param>
/// <param name="KeptBytes">Total bytes.</param>
/// <param name="OldestAt">Lower bound of their arrival times; null when there are none.</param>
internal readonly record struct DeadLetterTotals(long LastId, int Count, long KeptBytes, DateTimeOffset? OldestAt)
{
    /// <summary>Reads the totals from the database.</summary>
    public static DeadLetterTotals Of(VibeDashContext context) => new(
        context.Database.SqlQuery<long>($"SELECT seq AS Value FROM sqlite_sequence WHERE name = 'DeadLetters'").AsEnumerable().FirstOrDefault(),
        context.DeadLetters.Count(),
        context.DeadLetters.Sum(letter => letter.KeptBytes),
        context.DeadLetters.OrderBy(letter => letter.ReceivedAt).Select(letter => (DateTimeOffset?)letter.ReceivedAt).FirstOrDefault());
}
