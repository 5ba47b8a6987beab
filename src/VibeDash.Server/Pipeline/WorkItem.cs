namespace VibeDash.Server.Pipeline;

/// <summary>A unit of work of the event loop inside a transaction: a message, a command or a clock tick.</summary>
internal abstract class WorkItem
{
    /// <summary>Fault of its last attempt, other than a storage fault; null when there was none.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>True when not even its fault can be recorded: it is skipped and never acknowledged.</summary>
    public bool IsAbandoned { get; private set; }

    /// <summary>True when it has a transaction of its own: it changes what other items of the transaction may have changed already.</summary>
    public virtual bool IsAlone => false;

    /// <summary>Executes the work. Called again after a rollback.</summary>
    /// <param name="transaction">The transaction; valid only during the call.</param>
    /// <exception cref="Exception">The item cannot be processed: the transaction is rolled back and retried with <see cref="Fail"/> instead.</exception>
    public abstract void Do(PipelineTransaction transaction);

    /// <summary>Records, in another transaction, that the item could not be processed: as a dead letter or a failed command.</summary>
    public abstract void Fail(PipelineTransaction transaction, Exception fault);

    /// <summary>Called once, in order of arrival, after the transaction is on disk. Must not block or throw.</summary>
    public abstract void Committed();

    /// <summary>Executes the work, or records its fault.</summary>
    public void Run(PipelineTransaction transaction)
    {
        if (IsAbandoned)
            return;
        if (Fault is { } fault)
            Fail(transaction, fault);
        else
            Do(transaction);
    }

    /// <summary>Records the fault of the last attempt.</summary>
    public void SetFault(Exception fault)
    {
        IsAbandoned = Fault is not null;
        Fault = fault;
    }

    /// <summary>Clears the fault, so that a pooled item can be reused.</summary>
    protected void ClearFault() => Fault = null;
}
