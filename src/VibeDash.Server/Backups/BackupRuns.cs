using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using VibeDash.Core.Contract;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Backups;

/// <summary>
/// Makes backups, one at a time. One that would fill the disk does not begin, and one that comes near to it is given up: the database needs room more.
/// Thread-safe.
/// </summary>
internal sealed partial class BackupRuns(
    BackupFolder folder, IDbContextFactory<VibeDashContext> contexts, IOptions<BackupOptions> options, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<BackupRuns> logger)
{
    private readonly Lock _lock = new();
    private CancellationTokenSource? _cancelling;
    private BackupRun? _run;

    /// <summary>The backup under way, or the last one.</summary>
    public BackupRun? Latest
    {
        get
        {
            lock (_lock)
                return _run;
        }
    }

    /// <summary>What there is.</summary>
    public BackupStatus Status() => new(Latest, folder.Files(), folder.Path, folder.FreeBytes, options.Value.Keep);

    /// <summary>Begins a backup; it goes on in the background.</summary>
    /// <returns>With a fault and a run when one is under way already, with a fault alone when there is no room.</returns>
    public BackupResult Start()
    {
        lock (_lock)
        {
            if (_run is { EndedAt: null })
                return new(_run, "A backup is under way already.");
            long total;
            try
            {
                var free = folder.FreeBytes;
                folder.DeletePartials();
                total = DatabaseCopy.Size(contexts);
                if (free - total < BackupFolder.Reserve)
                    return new(null, $"There is not enough room in {folder.Path}: {Megabytes(total + BackupFolder.Reserve)} are needed, {Megabytes(free)} are free.");
            }
            catch (Exception fault) when (StorageFault.Is(fault))
            {
                return new(null, $"The folder {folder.Path} or the database cannot be used: {StorageFault.Describe(fault)}");
            }

            var now = time.GetUtcNow();
            _run = new(BackupFolder.Name(now), now, null, 0, total, null);
            _cancelling = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping);
            var (run, cancelling) = (_run, _cancelling);
            _ = Task.Factory.StartNew(() => Run(run, cancelling), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            return new(run, null);
        }
    }

    /// <summary>Gives up the backup under way.</summary>
    /// <returns>False when there is none.</returns>
    public bool Cancel()
    {
        lock (_lock)
        {
            if (_run is not { EndedAt: null })
                return false;
            _cancelling!.Cancel();
            return true;
        }
    }

    private static string Megabytes(long bytes) => FormattableString.Invariant($"{bytes / (1024.0 * 1024):0} MB");

    private void Run(BackupRun run, CancellationTokenSource cancelling)
    {
        string? fault = null;
        try
        {
            DatabaseCopy.Write(contexts, folder.Partial(run.Name), (bytes, total) => Report(bytes, total), cancelling.Token);
            folder.Keep(run.Name);
            LogDone(run.Name);
        }
        catch (OperationCanceledException)
        {
            fault = "It was cancelled.";
        }
        catch (Exception e)
        {
            fault = StorageFault.Describe(e);
            LogFailed(e, run.Name);
        }

        try
        {
            if (fault is not null)
                folder.DeletePartials();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogFailed(e, run.Name);
        }

        lock (_lock)
        {
            _run = _run! with { EndedAt = time.GetUtcNow(), Fault = fault };
            cancelling.Dispose();
        }
    }

    private void Report(long bytes, long total)
    {
        lock (_lock)
            _run = _run! with { Bytes = bytes, TotalBytes = total };
        if (folder.FreeBytes < BackupFolder.Reserve)
            throw new IOException($"The disk was filling up: fewer than {Megabytes(BackupFolder.Reserve)} were free.");
    }

    [LoggerMessage(LogLevel.Information, "Backup {Name} is whole")]
    private partial void LogDone(string name);

    [LoggerMessage(LogLevel.Error, "Backup {Name} failed")]
    private partial void LogFailed(Exception fault, string name);
}
