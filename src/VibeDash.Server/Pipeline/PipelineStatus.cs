using VibeDash.Core.Alerts;
using VibeDash.Core.Trends;

namespace VibeDash.Server.Pipeline;

/// <summary>Counters and faults of the event loop. Thread-safe.</summary>
internal sealed class PipelineStatus(Backlog backlog, TimeProvider time) : ICommitObserver
{
    private readonly Lock _lock = new();
    private readonly AlertFlood _flood = new();
    private string? _storageFault, _lastFault;
    private long _stored, _duplicates, _late, _rejected, _faults;
    private int _deadLetters;

    /// <summary>Fault of the last attempt to store, or null.</summary>
    public string? StorageFault
    {
        get
        {
            lock (_lock)
                return _storageFault;
        }
    }

    /// <summary>Sets <see cref="StorageFault"/>.</summary>
    public void SetStorageFault(string? fault)
    {
        lock (_lock)
            _storageFault = fault;
    }

    /// <summary>Counts a work item that could not be processed.</summary>
    public void CountFault(string fault)
    {
        lock (_lock)
            (_faults, _lastFault) = (_faults + 1, fault);
    }

    /// <inheritdoc/>
    public void Reset(PipelineState state, IReadOnlyDictionary<string, Sparkline> sparklines)
    {
        lock (_lock)
            _deadLetters = state.DeadLetters.Count;
    }

    /// <inheritdoc/>
    public void Apply(ChangeSet changes)
    {
        backlog.Observe(changes);
        var raised = changes.Journal.Count(change => change.Transition is { Trigger: AlertTrigger.Raised, To: AlertState.Unacknowledged, From: AlertState.Normal });
        lock (_lock)
        {
            _flood.Observe(raised, time.GetUtcNow());
            _stored += changes.Stored;
            _duplicates += changes.Duplicates;
            _late += changes.Late;
            _rejected += changes.Rejected;
            _deadLetters = changes.DeadLetters;
        }
    }

    /// <summary>Takes a snapshot.</summary>
    public PipelineCounters Read()
    {
        lock (_lock)
            return new(_stored, _duplicates, _late, _rejected, _deadLetters, _storageFault, _faults, _lastFault, _flood.Since, backlog.Now);
    }
}
