using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using VibeDash.Core.Contract;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Backups;

/// <summary>
/// Makes backups, one at a time. A backup that would fill the disk does not start, and one that nearly fills it is aborted: the database has priority for the
/// space. Thread-safe.
/// </summary>
internal sealed partial class BackupRuns(
    BackupFolder folder, IDbContextFactory<VibeDashContext> contexts, IOptions<BackupOptions> options, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<BackupRuns> logger)
{
    private readonly Lock _lock = new();
    private CancellationTokenSource? _cancelling;
    private BackupRun? _run;

    /// <summary>The backup in progress, or the last one.</summary>
    public BackupRun? Latest
    {
        get
        {
            lock (_lock)
                return _run;
        }
    }

    /// <summary>State of the backups.</summary>
    public BackupStatus Status() => new(Latest, folder.Files(), folder.Path, folder.FreeBytes, options.Value.Keep);

    /// <summary>Starts a backup in the background.</summary>
    public Answer<BackupRun> Start(Actor actor)
    {
        lock (_lock)
        {
            if (_run is { EndedAt: null })
                return Refusal.Of(RefusalCode.BackupUnderWay);
            long total;
            try
            {
                var free = folder.FreeBytes;
                folder.DeletePartials();
                total = DatabaseCopy.Size(contexts);
                if (free - total < BackupFolder.Reserve)
                    return Refusal.Of(RefusalCode.BackupNoRoom, folder.Path, total + BackupFolder.Reserve, free);
            }
            catch (Exception fault) when (StorageFault.Is(fault))
            {
                return Refusal.Of(RefusalCode.BackupUnusable, folder.Path, StorageFault.Describe(fault));
            }

            var now = time.GetUtcNow();
            _run = new(BackupFolder.Name(now), actor.Name, now, null, 0, total, null);
            _cancelling = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping);
            var (run, cancelling) = (_run, _cancelling);
            _ = Task.Factory.StartNew(() => Run(run, cancelling), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            LogStarted(run.Name, actor.Name);
            return run;
        }
    }

    /// <summary>Cancels the backup in progress.</summary>
    /// <returns>False when there is none.</returns>
    public bool Cancel(Actor actor)
    {
        lock (_lock)
        {
            if (_run is not { EndedAt: null })
                return false;
            _cancelling!.Cancel();
            LogCancelled(_run.Name, actor.Name);
            return true;
        }
    }

    private void Run(BackupRun run, CancellationTokenSource cancelling)
    {
        RunFault? fault = null;
        try
        {
            DatabaseCopy.Write(contexts, folder.Partial(run.Name), (bytes, total) => Report(bytes, total), cancelling.Token);
            folder.Keep(run.Name);
            LogDone(run.Name, run.By);
        }
        catch (OperationCanceledException)
        {
            fault = RunFault.Of(RunFaultCode.Cancelled);
        }
        catch (Exception e)
        {
            fault = e is DiskFillingUpException ? RunFault.Of(RunFaultCode.DiskFillingUp, BackupFolder.Reserve) : RunFault.Of(RunFaultCode.Failed, StorageFault.Describe(e));
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
            throw new DiskFillingUpException();
    }

    [LoggerMessage(LogLevel.Information, "{Actor} began backup {Name}")]
    private partial void LogStarted(string name, string actor);

    [LoggerMessage(LogLevel.Information, "{Actor} cancelled backup {Name}")]
    private partial void LogCancelled(string name, string actor);

    [LoggerMessage(LogLevel.Information, "Backup {Name}, begun by {Actor}, is whole")]
    private partial void LogDone(string name, string actor);

    [LoggerMessage(LogLevel.Error, "Backup {Name} failed")]
    private partial void LogFailed(Exception fault, string name);

    private sealed class DiskFillingUpException() : IOException($"The disk was filling up: fewer than {BackupFolder.Reserve} bytes were free.");
}
