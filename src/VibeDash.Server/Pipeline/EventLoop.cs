using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using VibeDash.Server.Logging;
using VibeDash.Server.Startup;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Pipeline;

/// <summary>
/// The only writer. Takes a batch from the queue, processes it in one transaction, commits, and only then acknowledges to sources and notifies
/// browsers. The next batch accumulates during the commit: latency is low when idle, and commits are grouped under load.
/// </summary>
/// <remarks>
/// Only storage faults are retried with the whole batch. Any other fault belongs to one item: the one that threw, or the one found by bisection.
/// That item becomes a dead letter or a failed command, and the rest is committed.
/// </remarks>
internal sealed partial class EventLoop(
    EventQueue queue,
    IDbContextFactory<VibeDashContext> contexts,
    IOptions<StorageOptions> options,
    IOptions<HistoryOptions> history,
    IOptions<AlertOptions> alerts,
    IEnumerable<ICommitObserver> observers,
    CommitGate gate,
    PipelineStatus status,
    TimeProvider time,
    ILogger<EventLoop> logger) : BackgroundService
{
    /// <summary>Maximum items in one transaction: bounds the memory of a commit and the wait of its first item.</summary>
    public const int MaximumBatch = 2048;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MaximumPause = TimeSpan.FromSeconds(5);

    // Not disposed: it holds no resources, and a host may stop a service after disposing it.
    private readonly CancellationTokenSource _stopping = new();
    private readonly ICommitObserver[] _observers = [.. observers];
    private readonly ChangeSet _changes = new();
    private readonly LogLimit _itemFaults = new(time);
    private readonly LogLimit _abandoned = new(time);
    private bool _expectsMachineStates;
    private PipelineState? _state;
    private StorageSession? _session;
    private PipelineTransaction? _transaction;
    private DatabaseHold? _hold;
    private long _transactions;

    /// <summary>Prepares the database and loads the state. Call once, before the sources start.</summary>
    /// <param name="expectsMachineStates">True when a source reports machine states.</param>
    /// <exception cref="StartupException">The database cannot be used.</exception>
    public void Prepare(bool expectsMachineStates)
    {
        _expectsMachineStates = expectsMachineStates;
        _hold = Database.Prepare(contexts, options.Value, time, logger);
        try
        {
            Load();
        }
        catch (Exception fault) when (StorageFault.Is(fault))
        {
            // The check before the start is bounded in time: damage behind that is met here.
            throw Database.Unusable(options.Value, fault);
        }
    }

    /// <summary>
    /// Commits the queued items, then stops. The sources have already stopped. Does not wait for failing storage: uncommitted messages are not
    /// acknowledged and will be redelivered.
    /// </summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Close();
        await _stopping.CancelAsync();
        if (ExecuteTask is { } running)
            await running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        // The container disposes it twice: as singleton and as hosted service.
        _session?.Dispose();
        _session = null;
        _hold?.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var items = new List<WorkItem>(MaximumBatch);

        // The wait takes no token, because closing the queue ends it and costs nothing per wait.
        await using var closing = stoppingToken.Register(queue.Close);
        while (await queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            WorkItem? alone = null;
            while (alone is null && items.Count < MaximumBatch && queue.Reader.TryRead(out var item))
            {
                if (item.IsAlone)
                    alone = item;
                else
                    items.Add(item);
            }

            if (queue.TakeTick() is { } tick)
                items.Add(tick);

            if (items.Count > 0)
                await CommitAsync(items, 0, items.Count, isRetry: false);
            items.Clear();
            if (alone is not null)
                await CommitAsync([alone], 0, 1, isRetry: false);
        }
    }

    /// <summary>Commits a range of items and acknowledges them in order. Retries storage faults until the server stops.</summary>
    private async Task CommitAsync(List<WorkItem> items, int start, int count, bool isRetry)
    {
        for (var pause = FirstPause; ;)
        {
            await LoadAsync();
            try
            {
                Commit(items, start, count, isRetry);
                break;
            }
            catch (Exception fault) when (StorageFault.Is(fault))
            {
                Discard();
                status.SetStorageFault(StorageFault.Describe(fault));
                LogCommitFailed(fault, count, pause);
                await Task.Delay(pause, time, _stopping.Token);
                pause = Next(pause);
            }
            catch (ItemFaultException fault)
            {
                Discard();
                SetFault(fault.Item, fault.InnerException!);
            }
            catch (Exception fault)
            {
                // Thrown by the work at the end of the transaction or by a constraint: any item may be the cause.
                Discard();
                if (count > 1)
                {
                    var half = count / 2;
                    await CommitAsync(items, start, half, isRetry: true);
                    await CommitAsync(items, start + half, count - half, isRetry: true);
                    return;
                }

                SetFault(items[start], fault);
            }

            isRetry = true;
        }

        status.SetStorageFault(null);
        for (var i = start; i < start + count; i++)
        {
            if (!items[i].IsAbandoned)
                items[i].Committed();
        }
    }

    private void Commit(List<WorkItem> items, int start, int count, bool isRetry)
    {
        _session ??= new StorageSession(contexts, history.Value);
        _transaction ??= new PipelineTransaction(_state!, _session, options.Value.MaximumSensors, _changes);
        _transaction.Begin(isRetry, ++_transactions);
        for (var i = start; i < start + count; i++)
            Run(items[i], _transaction);
        _transaction.Finish(time.GetUtcNow());

        using (gate.Hold())
        {
            _session.Commit();
            _transaction.Committed();
            Notify();
        }
    }

    private static void Run(WorkItem item, PipelineTransaction transaction)
    {
        try
        {
            item.Run(transaction);
        }
        catch (Exception fault) when (!StorageFault.Is(fault))
        {
            throw new ItemFaultException(item, fault);
        }
    }

    // The transaction is on disk, so a fault of an observer must not undo it. The reload before the next commit resets the observers.
    private void Notify()
    {
        try
        {
            foreach (var observer in _observers)
                observer.Apply(_changes);
        }
        catch (Exception fault)
        {
            status.CountFault(fault.Message);
            LogObserverFailed(fault);
            Discard();
        }
    }

    private void SetFault(WorkItem item, Exception fault)
    {
        item.SetFault(fault);
        status.CountFault(fault.Message);
        if (item.IsAbandoned)
        {
            if (_abandoned.Take() is > 0 and var abandoned)
                LogAbandoned(fault, item.GetType().Name, abandoned);
        }
        else if (_itemFaults.Take() is > 0 and var failed)
        {
            LogItemFailed(fault, item.GetType().Name, failed);
        }
    }

    /// <summary>Discards the state: after a failed transaction it is ahead of the database, or behind it when the outcome of the commit is uncertain.</summary>
    private void Discard()
    {
        (_state, _transaction) = (null, null);
        try
        {
            _session?.Dispose();
        }
        catch (Exception fault)
        {
            // A rollback on a failing disk may fail like the commit. SQLite rolls back when it next opens the file.
            LogDiscardFailed(fault);
        }

        _session = null;
    }

    private async Task LoadAsync()
    {
        for (var pause = FirstPause; _state is null; pause = Next(pause))
        {
            try
            {
                Load();
            }
            catch (Exception fault)
            {
                status.SetStorageFault(StorageFault.Describe(fault));
                LogLoadFailed(fault, pause);
                await Task.Delay(pause, time, _stopping.Token);
            }
        }
    }

    private void Load()
    {
        using var context = contexts.CreateDbContext();
        var (state, sparklines) = StateLoader.Load(context, time.GetUtcNow(), _expectsMachineStates, alerts.Value.Chattering);
        foreach (var observer in _observers)
            observer.Reset(state, sparklines);
        _state = state;
    }

    private static TimeSpan Next(TimeSpan pause) => pause * 2 < MaximumPause ? pause * 2 : MaximumPause;

    [LoggerMessage(LogLevel.Warning, "Closing the database after a fault failed")]
    private partial void LogDiscardFailed(Exception fault);

    [LoggerMessage(LogLevel.Error, "Commit of {Count} items failed; none acknowledged; next attempt in {Pause}")]
    private partial void LogCommitFailed(Exception fault, int count, TimeSpan pause);

    [LoggerMessage(LogLevel.Error, "Loading the state failed; next attempt in {Pause}")]
    private partial void LogLoadFailed(Exception fault, TimeSpan pause);

    [LoggerMessage(LogLevel.Error, "{Item} could not be processed and becomes a dead letter or a failed command; {Count} since the last such line")]
    private partial void LogItemFailed(Exception fault, string item, int count);

    [LoggerMessage(LogLevel.Critical, "{Item} could not be processed, and its fault could not be recorded; it is skipped and not acknowledged; {Count} since the last such line")]
    private partial void LogAbandoned(Exception fault, string item, int count);

    [LoggerMessage(LogLevel.Error, "The live view failed to apply a commit; reloading it")]
    private partial void LogObserverFailed(Exception fault);

    /// <summary>A fault of one item that is not a storage fault.</summary>
    private sealed class ItemFaultException(WorkItem item, Exception cause) : Exception(cause.Message, cause)
    {
        public WorkItem Item => item;
    }
}
