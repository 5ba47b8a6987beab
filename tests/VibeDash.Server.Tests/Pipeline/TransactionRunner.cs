using Microsoft.EntityFrameworkCore;
using VibeDash.Server.Pipeline;
using VibeDash.Server.Storage;

namespace VibeDash.Server.Tests.Pipeline;

/// <summary>Runs work items in transactions like the event loop, which must be idle meanwhile. Not thread-safe.</summary>
internal sealed class TransactionRunner(IDbContextFactory<VibeDashContext> contexts, HistoryOptions? history = null, int maximumSensors = 10) : IDisposable
{
    private readonly ChangeSet _changes = new();
    private PipelineState? _state;
    private StorageSession? _session;
    private PipelineTransaction? _transaction;
    private long _number;
    private bool _isRetry;

    /// <summary>Server time when the state is loaded; null for that of the system.</summary>
    public DateTimeOffset? Now { get; set; }

    /// <summary>Runs items in one transaction.</summary>
    /// <param name="commit">False for a process killed before the commit, or a commit that failed.</param>
    /// <param name="items">The items.</param>
    /// <returns>The changes; valid until the next call.</returns>
    public ChangeSet Run(bool commit, params IEnumerable<WorkItem> items)
    {
        var transaction = Begin();
        foreach (var item in items)
            item.Do(transaction);
        transaction.Finish(TimeProvider.System.GetUtcNow());
        if (!commit)
        {
            Fail();
            return _changes;
        }

        _session!.Commit();
        transaction.Committed();
        return _changes;
    }

    /// <summary>Acts like the event loop after an uncertain commit: reloads the state; the next transaction is a retry.</summary>
    public void Fail()
    {
        _session?.Dispose();
        (_state, _session, _transaction, _isRetry) = (null, null, null, true);
    }

    public void Dispose() => _session?.Dispose();

    private PipelineTransaction Begin()
    {
        if (_state is null)
        {
            using var context = contexts.CreateDbContext();
            _state = StateLoader.Load(context, Now ?? TimeProvider.System.GetUtcNow()).State;
        }

        _session ??= new StorageSession(contexts, history ?? new());
        _transaction ??= new PipelineTransaction(_state, _session, maximumSensors, _changes);
        _transaction.Begin(_isRetry, ++_number);
        return _transaction;
    }
}
