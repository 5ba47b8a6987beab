using Microsoft.EntityFrameworkCore;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Pipeline;

/// <summary>The record of commands, of which the oldest give way. Not thread-safe.</summary>
/// <param name="storage">The database.</param>
internal sealed class CommandRecord(StorageSession storage)
{
    /// <summary>How long an entry is kept.</summary>
    public const int Years = 3;

    /// <summary>Maximum number of entries deleted at a time: it limits the delay of live events.</summary>
    public const int Portion = 500;

    private static readonly TimeSpan BetweenRounds = TimeSpan.FromHours(1);

    private DateTimeOffset _nextRound;

    /// <summary>Deletes the oldest entries that are kept no longer: once an hour, a portion at each call until none remain.</summary>
    /// <param name="now">Server time.</param>
    public void Prune(DateTimeOffset now)
    {
        if (now < _nextRound)
            return;
        var kept = now.AddYears(-Years);
        if (storage.Context.Commands.Where(row => row.At < kept).OrderBy(row => row.At).Take(Portion).ExecuteDelete() < Portion)
            _nextRound = now + BetweenRounds;
    }
}
