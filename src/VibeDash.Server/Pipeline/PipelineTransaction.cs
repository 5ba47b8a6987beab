using VibeDash.Server.Storage;

namespace VibeDash.Server.Pipeline;

/// <summary>
/// A transaction of the event loop, used by its work items. Reused for each transaction. After a failed one its state no longer matches the
/// database, and it is replaced.
/// </summary>
internal sealed class PipelineTransaction
{
    private readonly Compaction _compaction;

    /// <param name="state">State of the event loop.</param>
    /// <param name="storage">The database.</param>
    /// <param name="maximumSensors">See <see cref="StorageOptions.MaximumSensors"/>.</param>
    /// <param name="changes">Receives the changes.</param>
    public PipelineTransaction(PipelineState state, StorageSession storage, int maximumSensors, ChangeSet changes)
    {
        (State, Storage, Changes) = (state, storage, changes);
        _compaction = new(state, storage.Readings);
        Commands = new(storage);
        Alerts = new(state, storage, changes);
        Machines = new(state, storage, changes, Alerts, maximumSensors);
        Readings = new(state, storage, changes, Alerts, Machines, _compaction, maximumSensors);
    }

    /// <summary>State of the event loop.</summary>
    public PipelineState State { get; }

    /// <summary>The database.</summary>
    public StorageSession Storage { get; }

    /// <summary>The changes, for the live view.</summary>
    public ChangeSet Changes { get; }

    /// <summary>Stores and evaluates readings.</summary>
    public ReadingIntake Readings { get; }

    /// <summary>Evaluates readings, silences and expiries, and writes the alert journal.</summary>
    public AlertEvaluation Alerts { get; }

    /// <summary>Stores machine states.</summary>
    public MachineStates Machines { get; }

    /// <summary>The record of commands.</summary>
    public CommandRecord Commands { get; }

    /// <summary>Number of this transaction, from 1; each attempt has its own.</summary>
    public long Number { get; private set; }

    /// <summary>True when the items may already be on disk, from an attempt whose commit outcome is unknown.</summary>
    public bool IsRetry { get; private set; }

    /// <summary>Starts a transaction.</summary>
    /// <param name="isRetry">See <see cref="IsRetry"/>.</param>
    /// <param name="number">See <see cref="Number"/>.</param>
    public void Begin(bool isRetry, long number)
    {
        (IsRetry, Number) = (isRetry, number);
        Storage.Begin();
        Storage.DeadLetters.Begin(State.DeadLetters);
        Changes.Clear();
        Alerts.Begin();
    }

    /// <summary>Completes the work of the items. Call once, before the commit.</summary>
    /// <param name="now">Server time.</param>
    public void Finish(DateTimeOffset now)
    {
        Alerts.Finish();
        Storage.Save();
        _compaction.Run(Changes.Stored);
        Storage.DeadLetters.Prune(now);
        Changes.DeadLetters = Storage.DeadLetters.Totals.Count;
    }

    /// <summary>Applies state that is valid only once the transaction is on disk.</summary>
    public void Committed() => State.DeadLetters = Storage.DeadLetters.Totals;
}
