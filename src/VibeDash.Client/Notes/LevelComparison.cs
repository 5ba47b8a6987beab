using VibeDash.Client.Live;
using VibeDash.Client.Trends;
using VibeDash.Core.Contract;
using VibeDash.Core.Notes;

namespace VibeDash.Client.Notes;

/// <summary>The levels of a sensor in equal time ranges before and after a note.</summary>
/// <param name="Length">Length of each range.</param>
/// <param name="Before">The levels before its start; null for none.</param>
/// <param name="After">The levels after its end; null for none.</param>
/// <param name="Unit">Unit of the levels.</param>
/// <param name="EdgeMilliseconds">Width of the history's buckets. The buckets that contain the note's start and end are not counted.</param>
public sealed record LevelComparison(TimeSpan Length, TrendSummary? Before, TrendSummary? After, string Unit, long EdgeMilliseconds)
{
    // The maximum, so that buckets are as narrow as possible.
    private const int Points = 2000;

    /// <summary>
    /// Compares the levels; null when no time has passed since the note, or when the sensor is not known. A bucket that may have readings of both
    /// sides is not counted.
    /// </summary>
    /// <param name="api">Fetches history.</param>
    /// <param name="note">The note.</param>
    /// <param name="length">Length of each range; shortened to the time passed since the note.</param>
    /// <param name="now">The server's clock.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
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
            // Levels of two units that cannot be converted are not compared.
            before.Unit != after.Unit ? null : TrendSummary.Of([.. before.Buckets.Where(bucket => bucket.Start + before.BucketMilliseconds <= begins)]),
            TrendSummary.Of([.. after.Buckets.Where(bucket => bucket.Start >= ends)]),
            after.Unit,
            Math.Max(before.BucketMilliseconds, after.BucketMilliseconds));
    }
}
