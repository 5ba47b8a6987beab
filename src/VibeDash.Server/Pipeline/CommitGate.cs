namespace VibeDash.Server.Pipeline;

/// <summary>
/// Held by the event loop from a commit until the live state includes it, and by a history query while it opens its snapshot and reads the live
/// sequence number. Both then cover the same readings, and a chart joins them without gaps or duplicates.
/// </summary>
internal sealed class CommitGate
{
    private readonly Lock _lock = new();

    /// <summary>Enters the gate until the scope is disposed.</summary>
    public Lock.Scope Hold() => _lock.EnterScope();

    /// <summary>Runs <paramref name="action"/> outside any commit.</summary>
    public void Run(Action action)
    {
        lock (_lock)
            action();
    }
}
