using Microsoft.EntityFrameworkCore;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Pipeline;

/// <summary>The record of commands, of which the oldest give way.</summary>
internal static class CommandRecord
{
    /// <summary>How long an entry is kept.</summary>
    public const int Years = 3;

    private const int Portion = 500;

    /// <summary>Deletes the oldest entries that are kept no longer, a portion at a time.</summary>
    public static void PruneCommands(this StorageSession storage, DateTimeOffset now)
    {
        var kept = now.AddYears(-Years);
        storage.Context.Commands.Where(row => row.At < kept).OrderBy(row => row.At).Take(Portion).ExecuteDelete();
    }
}
