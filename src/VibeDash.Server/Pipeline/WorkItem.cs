namespace VibeDash.Server.Pipeline;

/// <summary>One piece of work of the event loop inside a transaction: a message, a command, a tick of the clock. Its room implements it.</summary>
internal abstract class WorkItem
{
    /// <summary>The fault of its last attempt, when it was not the storage's; null when there was none.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>True when not even its failure can be recorded: it is left out, and never acknowledged.</summary>
    public bool IsAbandoned { get; private set; }

    /// <summary>Does the work. Called again when the transaction was rolled back.</summary>
    /// <param name="transaction">The transaction; good during the call.</param>
    /// <exception cref="Exception">The item cannot be processed: the transaction is rolled back and retried with <see cref="Fail"/> in place of this.</exception>
    public abstract void Do(PipelineTransaction transaction);

    /// <summary>Records, in another transaction, that the item could not be processed: as a dead letter, or as the failure of a command.</summary>
    public abstract void Fail(PipelineTransaction transaction, Exception fault);

    /// <summary>Called once, in order of arrival, after the transaction with the item is on disk. Must not block or throw.</summary>
    public abstract void Committed();

    /// <summary>Does the work, or records its fault.</summary>
    public void Run(PipelineTransaction transaction)
    {
        if (IsAbandoned)
            return;
        if (Fault is { } fault)
            Fail(transaction, fault);
        else
            Do(transaction);
    }

    /// <summary>The last attempt faulted.</summary>
    public void SetFault(Exception fault)
    {
        IsAbandoned = Fault is not null;
        Fault = fault;
    }

    /// <summary>Prepares a pooled item for its next message.</summary>
    protected void ClearFault() => Fault = null;
}
