using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using VibeDash.Core.Payloads;
using VibeDash.Server.Live;
using VibeDash.Server.Mqtt;
using VibeDash.Server.Startup;
using VibeDash.Server.Status;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Pipeline;

/// <summary>
/// The only writer. Takes what has gathered in the queue, works on it in one transaction, commits, and only then tells sources and browsers.
/// The commit itself is the pause in which the next batch gathers, so an idle server answers at once and a busy one commits in groups.
/// </summary>
internal sealed partial class EventLoop(
    EventQueue queue,
    IDbContextFactory<VibeDashContext> contexts,
    IOptions<StorageOptions> options,
    IOptions<HistoryOptions> history,
    IOptions<AlertOptions> alerts,
    LiveState live,
    CommitGate gate,
    ServerHealth health,
    BrokerConnections brokers,
    TimeProvider time,
    ILogger<EventLoop> logger) : BackgroundService
{
    /// <summary>Most items in one transaction: bounds the memory of a commit and the wait of the first item in it.</summary>
    public const int MaximumBatch = 2048;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    // Not disposed: it holds nothing, and a host may stop a service that it has disposed.
    private readonly CancellationTokenSource _stopping = new();
    private readonly Commit _commit = new();
    private LoopState? _state;
    private EventWriter? _writer;
    private Batch? _batch;
    private DatabaseHold? _hold;

    /// <summary>Prepares the database and loads the state; once, before the start, so that nothing is received before there is a place for it.</summary>
    /// <exception cref="StartupException">The database cannot be used.</exception>
    public void Prepare()
    {
        _hold = Database.Prepare(contexts, options.Value, time);
        Load();
    }

    /// <summary>
    /// Commits what is in hand, then stops. The sources have been stopped before. Does not wait for storage that fails: what is not committed is
    /// not acknowledged, and comes again.
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
        // The container does it twice: it knows the loop as one of the hosted services, too.
        _writer?.Dispose();
        _writer = null;
        _hold?.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var items = new List<WorkItem>(MaximumBatch);

        // To wait without a token costs nothing; the queue is closed in its place.
        await using var closing = stoppingToken.Register(queue.Close);
        while (await queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (items.Count < MaximumBatch && queue.Reader.TryRead(out var item))
                items.Add(item);
            if (queue.TakeTick() is { } tick)
                items.Add(tick);

            await CommitAsync(items);
            foreach (var item in items)
                item.Committed();
            items.Clear();
        }
    }

    /// <summary>Commits the items; tries again for as long as the server runs, as nothing else can be done with them.</summary>
    private async Task CommitAsync(List<WorkItem> items)
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                if (_state is null)
                    Load();
                Commit(items, _state!);
                health.SetStorageFault(null);
                return;
            }
            catch (Exception fault)
            {
                Forget();
                health.SetStorageFault(StorageFault.Describe(fault));
                live.Signal();
                LogCommitFailed(fault, items.Count, pause);
            }

            await Task.Delay(pause, time, _stopping.Token);
        }
    }

    private void Commit(List<WorkItem> items, LoopState state)
    {
        _writer ??= new EventWriter(contexts, history.Value);
        _batch ??= new Batch(state, _writer, options.Value.MaximumSensors, _commit);
        _batch.Begin();
        foreach (var item in items)
            _batch.Add(item);
        _batch.Finish();
        _writer.DeadLetters.Prune(time.GetUtcNow());

        using (gate.Hold())
        {
            _writer.Commit();
            _batch.Apply();
            live.Apply(_commit);
        }

        health.Count(_commit);
        health.SetDeadLetters(state.DeadLetters.Count);
    }

    /// <summary>Whether a failed commit is on disk is not always known: what is in memory goes, and the database will be asked.</summary>
    private void Forget()
    {
        (_state, _batch) = (null, null);
        try
        {
            _writer?.Dispose();
        }
        catch (Exception fault)
        {
            // A rollback on a disk that takes nothing may fail as the commit did; SQLite does it when the file is opened again.
            LogForgetFailed(fault);
        }

        _writer = null;
    }

    private void Load()
    {
        using var context = contexts.CreateDbContext();
        var (state, sparklines) = StateLoader.Load(
            context, hearsMachines: brokers.Sources.Any(source => source.Profile is MachineStateProfile), alerts.Value.Chattering);
        live.Reset(state, sparklines);
        health.SetDeadLetters(state.DeadLetters.Count);
        _state = state;
    }

    [LoggerMessage(LogLevel.Warning, "Closing the database after a fault failed")]
    private partial void LogForgetFailed(Exception fault);

    [LoggerMessage(LogLevel.Error, "A commit of {Count} items failed; nothing is acknowledged, next try in {Pause}")]
    private partial void LogCommitFailed(Exception fault, int count, TimeSpan pause);
}
