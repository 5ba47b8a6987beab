namespace VibeDash.Server.Pipeline;

/// <summary>Something the event loop does in a transaction.</summary>
internal abstract class WorkItem
{
    /// <summary>Called once, in order of arrival, after the transaction that holds the item is on disk. Must not block or throw.</summary>
    public abstract void Committed();
}
