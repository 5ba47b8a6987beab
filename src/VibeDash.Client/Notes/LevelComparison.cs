using VibeDash.Client.Live;
using VibeDash.Client.Trends;
using VibeDash.Core.Contract;
using VibeDash.Core.Notes;

namespace VibeDash.Client.Notes;

/// <summary>The levels of a sensor over equal spans before and after a note.</summary>
/// <param name="Length">Length of each span.</param>
/// <param name="Before">The levels before it began; null when there are none.</param>
/// <param name="After">The levels after it ended; null when there are none.</param>
/// <param name="EdgeMilliseconds">Width of the buckets of history: the one in which the note begins and the one in which it ends count for neither.</param>
public sealed record LevelComparison(TimeSpan Length, TrendSummary? Before, TrendSummary? After, long EdgeMilliseconds)
{
    // As many as an answer may have: the edges are then as narrow as can be.
    private const int Points = 2000;

    /// <summary>
    /// Compares; null when nothing can have come since, or the sensor is not known. Old history is kept in buckets, of which one may hold readings of
    /// both sides of the note: such a bucket is left out.
    /// </summary>
    /// <param name="api">Where history comes from.</param>
    /// <param name="note">The note.</param>
    /// <param name="length">Wanted length of each span; shorter when not so much time has passed since.</param>
    /// <param name="now">The server's clock.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<LevelComparison?> OfAsync(IHistoryApi api, Note note, TimeSpan length, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        if (now - note.End < length)
            length = now - note.End;
        if (length <= TimeSpan.Zero)
            return null;

        var before = await api.GetHistoryAsync(note.SensorId, note.From - length, note.From, Points, cancellationToken);
        var after = await api.GetHistoryAsync(note.SensorId, note.End, note.End + length, Points, cancellationToken);
        if (before is null || after is null)
            return null;
        var (begins, ends) = (note.From.ToUnixTimeMilliseconds(), note.End.ToUnixTimeMilliseconds());
        return new(
            length,
            TrendSummary.Of([.. before.Buckets.Where(bucket => bucket.Start + before.BucketMilliseconds <= begins)]),
            TrendSummary.Of([.. after.Buckets.Where(bucket => bucket.Start >= ends)]),
            Math.Max(before.BucketMilliseconds, after.BucketMilliseconds));
    }
}
