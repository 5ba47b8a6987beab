using System.Globalization;
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

        // Those before the first that is kept: an entry written while the clock was wrong does not take the others along.
        var first = storage.Context.Commands.Where(row => row.At >= kept).Min(row => (long?)row.Position) ?? long.MaxValue;
        var old = storage.Context.Commands.Where(row => row.Position < first).OrderBy(row => row.Position).Select(row => new { row.Position, row.Hash }).Take(Portion).ToArray();
        if (old.Length < Portion)
            _nextRound = now + BetweenRounds;
        if (old.Length == 0)
            return;

        var (last, hash) = (old[^1].Position, old[^1].Hash);

        // Chained before what it is chained to is gone.
        storage.Changes().Commands.Add(new()
        {
            Id = Guid.CreateVersion7(now), At = now, Actor = "VibeDash", Name = CommandChain.Pruned, Subject = last.ToString(CultureInfo.InvariantCulture), Detail = CommandChain.Link(hash),
        });
        storage.Save();
        storage.Context.Commands.Where(row => row.Position <= last).ExecuteDelete();
    }
}
